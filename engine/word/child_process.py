"""The process in which a Word template is opened: little memory, little time, no settings, no secrets.

Standard input: one JSON line with the task and the size of the facts, the facts as JSON, then the template.
Standard output: JSON.
"""

import base64
import io
import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import simplejson
from docx import Document
from jinja2 import StrictUndefined, TemplateError, Undefined
from jinja2.meta import find_undeclared_variables
from jinja2.nodes import Name
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.definitions import limits
from engine.definitions.process_limits import limit_this_process
from engine.word.archive import steady
from engine.word.dangers import dangers
from engine.word.numerals import chinese_number
from engine.word.placed_template import PlacedTemplate, placing, plain

CPU_SECONDS = 8
MEMORY_BYTES = 768 * 1024 * 1024
MOST_PROBLEMS = 20
NOWHERE = "…"
_BROKEN = (TemplateError, TypeError, ValueError, KeyError, AttributeError, IndexError, ArithmeticError, RecursionError)


def main() -> None:
    most_cpu = min(CPU_SECONDS, int(limits.PARSE_WALL_SECONDS))
    limit_this_process(memory=MEMORY_BYTES, cpu=most_cpu, most_cpu=most_cpu)
    header = json.loads(sys.stdin.buffer.readline())
    facts = simplejson.loads(sys.stdin.buffer.read(header["facts"]), use_decimal=True)
    content = sys.stdin.buffer.read()
    sys.stdout.write(json.dumps(check(content, facts) if header["task"] == "check" else fill_in(content, facts)))


def check(content: bytes, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"problems": list(_problems(content, facts))}


def fill_in(content: bytes, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a fact does not say is left blank."""
    try:
        finished = _rendered(content, facts, undefined=Undefined)
    except _BROKEN as wrong:
        return {"problems": [_failed(wrong)]}
    return {"problems": [], "content": base64.b64encode(finished).decode()}


def environment(undefined: type[Undefined]) -> ImmutableSandboxedEnvironment:
    kit = ImmutableSandboxedEnvironment(autoescape=True, undefined=undefined, finalize=_shown)
    kit.globals.clear()
    kit.filters["汉字"] = chinese_number
    return kit


def _problems(content: bytes, facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Unknown fields by name; then a trial, in which whatever is not there is a mistake."""
    try:
        found = [*dangers(Document(io.BytesIO(content)).part.package)]
        unknown = [] if found else sorted(_unknown(content, facts))
    except TemplateError as wrong:
        yield _failed(wrong, code="template_syntax")
        return
    except Exception:  # noqa: BLE001 - whatever python-docx stumbles over, it is no Word file to us
        yield {"code": "template_not_word", "params": {}}
        return
    yield from ({"code": danger, "params": {}} for danger in found)
    for name, place in unknown[:MOST_PROBLEMS]:
        yield {"code": "template_field_unknown", "params": {"name": name[:60], "place": place}}
    if not found + unknown:
        try:
            _rendered(content, facts, undefined=StrictUndefined)
        except _BROKEN as wrong:
            yield _failed(wrong)


def _unknown(content: bytes, facts: Mapping[str, Any]) -> set[tuple[str, str]]:
    """(name, the paragraph it stands in)."""
    kit, found = environment(Undefined), set()
    for part in PlacedTemplate(content).written_parts():
        with placing(part):
            tree = kit.parse("\n".join(part))
        unknown = find_undeclared_variables(tree) - facts.keys()
        names = (node for node in tree.find_all(Name) if node.name in unknown)
        found |= {(node.name, plain(part, node.lineno)) for node in names}
    return found


def _rendered(content: bytes, facts: Mapping[str, Any], *, undefined: type[Undefined]) -> bytes:
    template = PlacedTemplate(content)
    template.render(dict(facts), jinja_env=environment(undefined), autoescape=True)
    target = io.BytesIO()
    template.save(target)
    return steady(target.getvalue())


def _failed(wrong: Exception, *, code: str = "template_trial_failed") -> dict[str, Any]:
    return {"code": code, "params": {"reason": str(wrong)[:200], "place": getattr(wrong, "place", "") or NOWHERE}}


def _shown(value: Any) -> Any:
    """Nothing for nothing; after a line break begins a paragraph like the one before it, which docxtpl writes `\\a`."""
    if value is None:
        return ""
    return value.replace("\r\n", "\n").replace("\n", "\a") if isinstance(value, str) else value


if __name__ == "__main__":
    main()
