"""Every name an expression uses is written by somebody: a form, a script, a decision, a service, a clock."""

import re
from collections.abc import Iterator

from engine.definitions.lint.about import about, similar
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.expressions import Written, doubts, expressions, syntax
from engine.definitions.lint.variables import HOST_NAMES, WHO_ACTS, Variables, written_by
from engine.definitions.lint_problem import LintProblem, error
from engine.definitions.process import Element

_FORM_NAMES = HOST_NAMES | WHO_ACTS | {"people", "documents"}
_PLAIN = re.compile(r"[^\W\d]\w*")


def expressions_hold(draft: Draft) -> Iterator[LintProblem]:
    for written in expressions(draft):
        found = list(syntax(written))
        yield from found
        yield from doubts(written)
        if draft.is_complete and not written.takes_any_name and not any(p.severity == "error" for p in found):
            yield from _unknown(written)


def _unknown(written: Written) -> Iterator[LintProblem]:
    names = written.compiled.free_names - written.known if written.compiled else ()
    for name in sorted(names):
        yield written.problem("unknown_name", unknown=name, **similar(name, written.known))


def tables_know_their_names(draft: Draft) -> Iterator[LintProblem]:
    if not draft.is_complete:
        return
    variables = Variables(draft)
    for task in draft.steps("businessRuleTask"):
        table = draft.decisions.get(task.decision or "")
        known = variables.inside(task) | {target for _, target in task.inputs}
        for name in sorted(table.free_names - known) if table else ():
            yield about(task, "unknown_name_in_table", unknown=name, decision=task.decision, **similar(name, known))


def forms_know_their_names(draft: Draft) -> Iterator[LintProblem]:
    """A form is told what is known at any of the steps that use it."""
    if not draft.is_complete:
        return
    variables = Variables(draft)
    for form_id in sorted(draft.process.forms & draft.forms.keys()):
        form = draft.forms[form_id]
        users = [e for e in draft.process.elements.values() if e.form == form_id]
        known = _FORM_NAMES.union(*(_readable(variables, user) for user in users))
        for name in sorted(form.outside_names - known):
            said = {"unknown": name, "form": form_id, **similar(name, known)}
            yield LintProblem("error", "unknown_name_in_form", None, None, said, form.path)


def _readable(variables: Variables, user: Element) -> frozenset[str]:
    """What the input mappings of a task give its form to read, and every variable."""
    return variables.inside(user) | {target for _, target in user.inputs}


def written_names(draft: Draft) -> Iterator[LintProblem]:
    """Nothing overwrites what belongs to the system, and every written name can be read again in an expression."""
    for element in draft.process.elements.values():
        for name in sorted(written_by(draft, element) | _of_loop(element) | _of_call(element)):
            if name in _FORM_NAMES:
                yield about(element, "reserved_name", reserved=name)
            elif not _PLAIN.fullmatch(name):
                yield about(element, "name_not_plain", written=name[:60])
    for missing in sorted(draft.process.party_roles):
        if missing and not _PLAIN.fullmatch(missing):
            yield error("name_not_plain", element_id=draft.process.key, line=draft.process.line, written=missing[:60])


def _of_loop(element: Element) -> set[str]:
    return {element.loop.element, element.loop.output_collection} - {""} if element.loop else set()


def _of_call(element: Element) -> set[str]:
    return {target for _, target in element.inputs if target} if element.called else set()


RULES = (expressions_hold, tables_know_their_names, forms_know_their_names, written_names)
