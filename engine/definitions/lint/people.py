"""Somebody can do every task: groups and party roles exist, pairs of four eyes fit."""

import re
from collections.abc import Iterator

from engine.definitions.lint.about import about, similar
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem, error, warning
from engine.definitions.process import Element

_APPOINTS = "parties/appoint"
_TEXT = re.compile(r'=?\s*"([^"\\]+)"')


def candidates(draft: Draft) -> Iterator[LintProblem]:
    known = draft.groups | set(draft.main.party_roles) | _appointed(draft)
    for task in [*for_people(draft), *draft.steps("manualTask")]:
        if not task.candidate_groups:
            if not task.candidate_users or task.type != "userTask":
                yield about(task, "candidates_missing")
        elif task.candidate_groups[0].startswith("="):
            yield about(task, "candidates_not_static")
        else:
            for group in task.candidate_groups:
                if group not in known:
                    yield about(task, "group_unknown", group=group, **similar(group, known))


def for_people(draft: Draft) -> list[Element]:
    """User tasks, and what people may start."""
    return [e for e in draft.process.elements.values() if e.type == "userTask" or e.is_discretionary]


def process_groups(draft: Draft) -> Iterator[LintProblem]:
    """A called diagram opens no cases."""
    if not draft.is_main:
        return
    process = draft.process
    place = {"element_id": process.key, "line": process.line, "name": process.name}
    named = [*process.starter_groups, *process.oversight_groups, *process.guest_groups]
    named += filter(None, process.party_roles.values())
    for group in dict.fromkeys(named):
        if group not in draft.groups:
            yield error("group_unknown", group=group, **similar(group, draft.groups), **place)
    for role, group in process.party_roles.items():
        if not role or not group:
            yield error("party_roles_malformed", text=role or group, **place)
    if not process.starter_groups:
        yield warning("starter_groups_missing", **place)
    if not process.number_prefix:
        yield warning("number_prefix_missing", **place)
    form = draft.forms.get(process.start_form or "")
    if process.title_from and form is not None and process.title_from not in form.written_keys:
        known = form.written_keys
        yield error("title_from_unknown", field=process.title_from, **similar(process.title_from, known), **place)


def four_eyes(draft: Draft) -> Iterator[LintProblem]:
    tasks = {task.id for task in for_people(draft)}
    for element in draft.process.elements.values():
        other = element.properties.get("four_eyes")
        if other is None:
            continue
        if element.id not in tasks:
            yield about(element, "property_misplaced", property="four_eyes")
        elif other == element.id or other not in tasks:
            yield about(element, "four_eyes_unknown", other=other, **similar(other, tasks - {element.id}))


def meetings(draft: Draft) -> Iterator[LintProblem]:
    tasks = {task.id for task in for_people(draft)}
    for element in draft.process.elements.values():
        for name in ("meeting", "meeting_place"):
            if name in element.properties and element.id not in tasks:
                yield about(element, "property_misplaced", property=name)


def on_the_spot(draft: Draft) -> Iterator[LintProblem]:
    """What is confirmed on the spot is filled in before the task is claimed, when no file can be stored with it yet."""
    for element in draft.process.elements.values():
        if not element.on_the_spot:
            continue
        form = draft.forms.get(element.form or "")
        if element.type != "userTask":
            yield about(element, "property_misplaced", property="on_the_spot")
        elif form is not None and "files" in form.fields.values():
            yield about(element, "spot_form_with_files", form=element.form)


def _appointed(draft: Draft) -> set[str]:
    """Party roles that a service task of this process fills, when their name is a plain text."""
    steps = (e for process in draft.processes.values() for e in process.elements.values())
    sources = [s for e in steps if e.service == _APPOINTS for s, t in e.inputs if t == "role"]
    return {text[1] for source in sources if (text := _TEXT.fullmatch(source.strip()))}


RULES = (candidates, process_groups, four_eyes, meetings, on_the_spot)
