"""Script tasks: only FEEL is ever run; what was written in another language stays readable as documentation."""

import re

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import Bench, absorb, setting
from engine.definitions.importing.juel import NotTranslated, to_feel
from engine.definitions.importing.mappings import PREFIXES

_DOCUMENTATION, _SCRIPT = "bpmn:documentation", "bpmn:script"


def scripts(bench: Bench) -> None:
    for task in bench.each("bpmn:scriptTask"):
        language = task.attributes.pop("scriptFormat", "").strip()
        for script in task.each(_SCRIPT):
            absorb(task, script)
            _translate_or_keep(bench, task, text=script.text.strip(), language=language)
        if language and not _is_feel(language) and not task.each(_DOCUMENTATION):
            bench.say("script_elsewhere", task, severity="error", language=language)


def _translate_or_keep(bench: Bench, task: Node, *, text: str, language: str) -> None:
    feel = _feel(text, language)
    if feel is None:
        shown = language or "—"
        task.children.append(Node(_DOCUMENTATION, {}, [], f"[{shown}]\n{text}", task.line))
        bench.say("script_kept_as_text", task, severity="error", language=shown, text=text)
        return
    given = setting(task, "zeebe:script").attributes
    given.setdefault("expression", feel)
    for prefix in PREFIXES:
        result = task.attributes.pop(f"{prefix}:resultVariable", None)
        if result:
            given.setdefault("resultVariable", result)
    bench.say("expression_translated", task, severity="style", text=text, feel=feel)


def _feel(text: str, language: str) -> str | None:
    if text.startswith("=") or _is_feel(language):
        return text if text.startswith("=") else f"= {text}"
    try:
        return to_feel(text) if language.lower() in ("juel", "") else None
    except NotTranslated:
        return None


def _is_feel(language: str) -> bool:
    return re.fullmatch(r"feel|.*/FEEL/?", language, re.IGNORECASE) is not None


def join_documentation(bench: Bench) -> None:
    """The standard allows several texts on one element, people read one."""
    for node in [bench.process, *bench.nodes(), *bench.each("bpmn:sequenceFlow")]:
        texts = node.each(_DOCUMENTATION)
        if len(texts) > 1:
            joined = "\n\n".join(text.text.strip() for text in texts if text.text.strip())
            for text in texts[1:]:
                absorb(node, text)
            texts[0].text = joined
