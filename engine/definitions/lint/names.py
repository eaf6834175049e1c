"""Every name an expression uses is written by somebody: a form, a script, a decision, a service, a clock."""

import re
from collections.abc import Iterator
from typing import Any

from engine.definitions.lint.about import about, similar
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.expressions import Written, expressions, syntax
from engine.definitions.lint_problem import LintProblem, error
from engine.definitions.process import Element
from engine.feel import FeelSyntaxError, compile_expression, strip_equals

HOST_NAMES = frozenset({"case", "今天", "现在", "期限", "规则", "工作日后"})
_FORM_NAMES = HOST_NAMES | {"people", "documents", "本人"}
_PLAIN = re.compile(r"[^\W\d]\w*")


def known_names(draft: Draft) -> frozenset[str]:
    return HOST_NAMES | {name for element in draft.process.elements.values() for name in written_by(draft, element)}


def written_by(draft: Draft, element: Element) -> set[str]:
    """Process variables that exist once this element was done."""
    names = {target for _, target in element.outputs}
    form = draft.forms.get(element.form or "")
    if form is not None and not element.outputs:
        names |= form.written_keys
    if element.result_variable:
        names.add(element.result_variable)
    elif element.script:
        names |= set(context_keys(element.script))
    elif element.decision in draft.decisions:
        names |= set(draft.decisions[element.decision].output_names)
    if element.properties.get("clock_variable"):
        names.add(element.properties["clock_variable"])
    return names


def context_keys(script: str) -> tuple[str, ...]:
    """The entries of a script that is written as a FEEL context, else nothing."""
    try:
        return tuple(dict.fromkeys(_keys(compile_expression(strip_equals(script)).tree)))
    except FeelSyntaxError:
        return ()


def _keys(tree: Any) -> Iterator[str]:
    """Both branches of an `if` count. Only a context literal has entries."""
    yield from (key for key, _ in getattr(tree, "entries", ()))
    for branch in ("then", "otherwise"):
        if hasattr(tree, branch):
            yield from _keys(getattr(tree, branch))


def expressions_hold(draft: Draft) -> Iterator[LintProblem]:
    known = known_names(draft)
    for written in expressions(draft, known=known):
        found = list(syntax(written))
        yield from found
        if draft.is_complete and not written.takes_any_name and not any(p.severity == "error" for p in found):
            own = _own_names(draft, written)
            yield from _unknown(written, known=known | own)


def _own_names(draft: Draft, written: Written) -> frozenset[str]:
    """What the output mapping of a task may read besides the process variables: its form, its decision."""
    element = draft.process.elements.get(written.element_id)
    if element is None or written.place != "output":
        return frozenset()
    form = draft.forms.get(element.form or "")
    result = {element.result_variable} if element.result_variable else set()
    table = draft.decisions.get(element.decision or "")
    return frozenset(result | set(form.written_keys if form else ()) | set(table.output_names if table else ()))


def _unknown(written: Written, *, known: frozenset[str]) -> Iterator[LintProblem]:
    names = written.compiled.free_names - known if written.compiled else ()
    for name in sorted(names):
        yield written.problem("unknown_name", unknown=name, **similar(name, known))


def tables_know_their_names(draft: Draft) -> Iterator[LintProblem]:
    if not draft.is_complete:
        return
    known = known_names(draft)
    for task in draft.steps("businessRuleTask"):
        table = draft.decisions.get(task.decision or "")
        given = {target for _, target in task.inputs}
        for name in sorted(table.free_names - known - given) if table else ():
            yield about(task, "unknown_name_in_table", unknown=name, decision=task.decision, **similar(name, known))


def forms_know_their_names(draft: Draft) -> Iterator[LintProblem]:
    if not draft.is_complete:
        return
    known = known_names(draft) | _FORM_NAMES
    for form_id in sorted(draft.process.forms & draft.forms.keys()):
        form = draft.forms[form_id]
        for name in sorted(form.outside_names - known - _given_to(draft, form_id)):
            said = {"unknown": name, "form": form_id, **similar(name, known)}
            yield LintProblem("error", "unknown_name_in_form", None, None, said, form.path)


def _given_to(draft: Draft, form_id: str) -> set[str]:
    """What the input mappings of the tasks with this form give it to read."""
    tasks = (e for e in draft.process.elements.values() if e.form == form_id)
    return {target for task in tasks for _, target in task.inputs}


def written_names(draft: Draft) -> Iterator[LintProblem]:
    """Nothing overwrites what belongs to the system, and every written name can be read again in an expression."""
    for element in draft.process.elements.values():
        for name in sorted(written_by(draft, element)):
            if name in _FORM_NAMES:
                yield about(element, "reserved_name", reserved=name)
            elif not _PLAIN.fullmatch(name):
                yield about(element, "name_not_plain", written=name[:60])
    for missing in sorted(draft.process.party_roles):
        if missing and not _PLAIN.fullmatch(missing):
            yield error("name_not_plain", element_id=draft.process.key, line=draft.process.line, written=missing[:60])


RULES = (expressions_hold, tables_know_their_names, forms_know_their_names, written_names)
