"""Timers are bounded; legal clocks and rule values that are named exist in the rule pack."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from engine.definitions.lint.about import about, similar
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.expressions import expressions
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=3653)
_DURATION = re.compile(
    r"(?P<minus>-)?P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)(?:\.\d+)?S)?)?"
)
_TIMES = re.compile(r"R(?:[1-9]\d{0,3})?")
_DAYS = {"years": 365, "months": 30, "weeks": 7, "days": 1}
_SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}
_LITERAL = re.compile(r"""=\s*duration\s*\(\s*"([^"]*)"\s*\)""")
_CHOICES = re.compile(r'\b(?:then|else)\s+"([^"]{1,80})"')
_CALLS = re.compile(r"(期限|规则)\s*\(\s*(?:(?:rule|key)\s*:\s*)?\\?\"([^\"\\]{1,80})\\?\"")


def timers(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        if element.event != "timer":
            continue
        if not element.timer:
            yield about(element, "timer_empty")
        elif element.timer_kind == "cycle":
            yield from _cycle(draft, element)
        elif literal := _LITERAL.fullmatch(element.timer):
            yield from _duration(element, literal[1])
        elif element.timer.startswith("="):
            continue  # what comes out is known when the clock starts
        elif element.timer_kind == "date":
            yield from _raw_date(element)
        else:
            yield from _duration(element, element.timer)


def _cycle(draft: Draft, element: Element) -> Iterator[LintProblem]:
    """Repeating is for what runs beside the rest; in the way of a token only the first time would count."""
    around = draft.process.elements.get(element.parent)
    begins_handler = element.type == "startEvent" and around is not None and around.triggered_by_event
    if element.interrupting or not (element.type == "boundaryEvent" or begins_handler):
        yield about(element, "timer_cycle")
    elif "clock" in element.properties:
        yield about(element, "timer_cycle_of_clock")
    elif not (element.timer or "").startswith("="):
        times, _, interval = (element.timer or "").partition("/")
        if not _TIMES.fullmatch(times):
            yield about(element, "timer_cycle_unreadable", text=(element.timer or "")[:60])
        else:
            yield from _duration(element, interval)


def _raw_date(element: Element) -> Iterator[LintProblem]:
    try:
        datetime.fromisoformat(element.timer or "")
    except ValueError:
        yield about(element, "timer_unreadable", text=(element.timer or "")[:60])


def _duration(element: Element, text: str) -> Iterator[LintProblem]:
    found = _DURATION.fullmatch(text)
    if found is None or any(len(digits) > 9 for digits in re.findall(r"\d+", text)):
        yield about(element, "timer_unreadable", text=text[:60])
        return
    parts = {name: int(digits) for name, digits in found.groupdict().items() if digits and name != "minus"}
    seconds = sum(_DAYS.get(name, 0) * 86400 * n + _SECONDS.get(name, 0) * n for name, n in parts.items())
    if not SHORTEST.total_seconds() <= (-seconds if found["minus"] else seconds) <= LONGEST.total_seconds():
        yield about(element, "timer_bounds", text=text[:60])


def legal_clocks(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        rule = element.properties.get("clock")
        if rule is None:
            for name in ("clock_start", "clock_variable"):
                if name in element.properties and element.event != "timer":
                    yield about(element, "property_misplaced", property=name)
        elif element.event != "timer" and element.type != "userTask":
            yield about(element, "property_misplaced", property="clock")
        else:
            for name in _CHOICES.findall(rule) if rule.startswith("=") else [rule]:
                if name not in draft.rules.clocks:
                    yield about(element, "clock_unknown", clock=name, **similar(name, draft.rules.clocks))


def named_rules(draft: Draft) -> Iterator[LintProblem]:
    for written in expressions(draft):
        for code, name, guess in _unknown_rules(written.text, draft):
            yield written.problem(code, clock=name, setting=name, **guess)
    for path, text in draft.form_texts.items() if draft.is_main else ():
        for code, name, guess in _unknown_rules(text, draft):
            shown = {"clock": name, "setting": name, "text": path, "place": "表单", "place_en": "form", **guess}
            yield LintProblem("error", code, None, None, shown, path)


def _unknown_rules(text: str, draft: Draft) -> Iterator[tuple[str, str, dict[str, str]]]:
    for function, name in _CALLS.findall(text):
        known = draft.rules.clocks if function == "期限" else draft.rules.settings
        if name not in known:
            code = "clock_unknown_in_text" if function == "期限" else "setting_unknown"
            yield code, name, similar(name, known)


RULES = (timers, legal_clocks, named_rules)
