"""Conditions, times and other expressions: FEEL stays, simple JUEL becomes FEEL, the rest is kept and named."""

import re

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import Bench, absorb, parents
from engine.definitions.importing.juel import NotTranslated, is_juel, python_to_feel, to_feel

_FEEL = re.compile(r"feel\Z|.*/FEEL/?\Z", re.IGNORECASE)
# Many tools write the default of the standard without meaning it.
_SAYS_NOTHING = ("", "http://www.w3.org/1999/XPath", "http://www.java.com/java", "juel", "JUEL")
_CONDITIONS = ("bpmn:conditionExpression", "bpmn:condition", "bpmn:completionCondition", "bpmn:loopCardinality")
_TIMES = ("bpmn:timeDate", "bpmn:timeDuration", "bpmn:timeCycle")
_DURATION = r"-?P(?=\w)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
_DATE = r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d|@[\w/]+)?"
_ISO = {
    "bpmn:timeDate": re.compile(_DATE),
    "bpmn:timeDuration": re.compile(_DURATION),
    "bpmn:timeCycle": re.compile(rf"R\d*/({_DATE}/)?{_DURATION}(/{_DATE})?"),
}


def translated(bench: Bench, text: str, at: Node) -> str:
    """FEEL for a text with `${…}`; a text without it stays. An untranslated one stays too and is named."""
    if text.lstrip().startswith("=") or not is_juel(text):
        return text.strip()
    try:
        feel = to_feel(text)
    except NotTranslated as part:
        bench.say("expression_not_translated", at, severity="error", text=text.strip(), piece=str(part))
        return text.strip()
    bench.say("expression_translated", at, severity="style", text=text.strip(), feel=feel)
    return feel


def moment(bench: Bench, text: str, at: Node) -> str | None:
    """A due date as FEEL. Durations count from the beginning of the task. None, and named, when it is neither."""
    text = text.strip()
    if text.startswith("=") or is_juel(text):
        return translated(bench, text, at)
    if re.fullmatch(_DURATION, text):
        return f'= 现在 + duration("{text}")'
    if re.fullmatch(_DATE, text):
        return f'= date and time("{text}")' if "T" in text else f'= date("{text}")'
    bench.say("expression_not_translated", at, severity="error", text=text, piece=text[:60])
    return None


def conditions(bench: Bench) -> None:
    above = parents(bench.process)
    for node in bench.each(*_CONDITIONS):
        owner = above[id(node)]
        if not node.text.strip():
            bench.say("condition_empty", _with_id(owner, above))
            absorb(owner, node, known=("language",))
            continue
        node.text = _condition(bench, node, _with_id(owner, above))


def _condition(bench: Bench, node: Node, owner: Node) -> str:
    text, language = node.text.strip(), node.attributes.pop("language", "").strip()
    if text.startswith("=") or is_juel(text):
        return translated(bench, text, owner)
    if _FEEL.match(language):
        return f"= {text}"
    if re.fullmatch(r"true|false|\d+", text):
        return f"= {text}"
    if bench.vendor.is_python and language in _SAYS_NOTHING:
        return _of_python(bench, text, owner)
    shown = "" if language in _SAYS_NOTHING else language
    bench.say("expression_language_unclear", owner, severity="error", text=text, language=shown or "—")
    return text


def _of_python(bench: Bench, text: str, owner: Node) -> str:
    try:
        feel = python_to_feel(text)
    except NotTranslated as part:
        bench.say("expression_not_translated", owner, severity="error", text=text, piece=str(part))
        return text
    bench.say("expression_translated", owner, severity="style", text=text, feel=feel)
    return feel


def timers(bench: Bench) -> None:
    above = parents(bench.process)
    for definition in bench.each("bpmn:timerEventDefinition"):
        event = _with_id(above[id(definition)], above)
        for time in [child for child in definition.children if child.tag in _TIMES]:
            time.attributes.pop("language", None)
            time.text = _time(bench, time, event)
        for time in [child for child in definition.children if child.tag in _TIMES and not child.text]:
            absorb(definition, time)
        if not any(child.tag in _TIMES for child in definition.children):
            bench.say("timer_without_time", event, severity="error")


def _time(bench: Bench, time: Node, event: Node) -> str:
    text = time.text.strip()
    if bench.vendor.is_python:
        text = re.sub(r"\A([\"'])(.*)\1\Z", r"\2", text)
    if text.startswith("=") or is_juel(text):
        return translated(bench, text, event)
    if text and not _ISO[time.tag].fullmatch(text):
        bench.say("timer_not_iso", event, severity="error", text=text)
    return text


def _with_id(node: Node, above: dict[int, Node]) -> Node:
    """The node, or the nearest around it, that a person can find by its id."""
    while not node.id and id(node) in above:
        node = above[id(node)]
    return node
