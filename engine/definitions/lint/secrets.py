"""What only those who handle a case may read stays there: it gets into no notice, title, task name or calendar."""

from collections.abc import Iterator

from engine.definitions.form import Form
from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.variables import context_keys
from engine.definitions.lint_problem import LintProblem, error
from engine.definitions.process import Element
from engine.feel import FeelSyntaxError, compile_expression, strip_equals

_PERSONAL = ("phone", "id_number")  # widgets
_CALENDAR = ("meeting", "meeting_place")
_NOTICE = "notices/send"


def secrets_stay(draft: Draft) -> Iterator[LintProblem]:
    secret = draft.once(secrets_stay, lambda: _secret_names(draft))
    for element in draft.process.elements.values():
        for place, place_en, text in _told(element):
            for name in sorted(_shown(text) & secret):
                yield about(element, "secret_told", secret=name, place=place, place_en=place_en)


def titles(draft: Draft) -> Iterator[LintProblem]:
    process = draft.process
    form = draft.forms.get(process.start_form or "")
    if draft.is_main and form is not None and process.title_from in _secret_fields(form):
        told = {
            "secret": process.title_from,
            "place": "案件标题 title_from",
            "place_en": "title of the case (title_from)",
        }
        yield error("secret_told", element_id=process.key, line=process.line, name=process.name, **told)


def _told(element: Element) -> Iterator[tuple[str, str, str]]:
    """Texts that go out of the case, with their place in both languages."""
    if element.service == _NOTICE:
        yield from (("通知正文", "text of the notice", source) for source, target in element.inputs if target == "text")
    for name in _CALENDAR:
        if text := element.properties.get(name, ""):
            yield f"日历 {name}", f"calendar ({name})", text
    if text := element.properties.get("instance_label", ""):
        yield "任务名称 instance_label", "name of the task (instance_label)", text


def _secret_names(draft: Draft) -> frozenset[str]:
    """Variables that hold secret fields, and those that are made of them."""
    steps = [e for process in draft.processes.values() for e in process.elements.values()]
    found = {name for form in draft.forms.values() for name in _secret_fields(form)}
    found |= {name for e in steps if (name := e.properties.get("negotiation_variable"))}
    made = [(target, _shown(source)) for e in steps for source, target in (*e.outputs, *_passed(e), *_scripted(e))]
    while more := {target for target, sources in made if sources & found} - found:
        found |= more
    return frozenset(found)


def _secret_fields(form: Form) -> frozenset[str]:
    """Top-level keys of fields that are secret, or that hold one that is."""
    secret = (path for path in form.fields if form.property_of(path, "secret") == "yes" or _is_personal(form, path))
    return frozenset(path.partition(".")[0].removesuffix("[]") for path in secret)


def _is_personal(form: Form, path: str) -> bool:
    return form.property_of(path, "widget") in _PERSONAL


def _passed(element: Element) -> tuple[tuple[str, str], ...]:
    return element.inputs if element.called else ()


def _scripted(element: Element) -> Iterator[tuple[str, str]]:
    """Of a context every entry for itself is not known here; each is taken to hold all that the script reads."""
    if element.script:
        names = [element.result_variable] if element.result_variable else context_keys(element.script)
        yield from ((element.script, name) for name in names)


def _shown(text: str) -> frozenset[str]:
    """The names whose values the text may show; whether something is there, or how many, shows nothing of it."""
    try:
        return compile_expression(strip_equals(text)).names_shown
    except FeelSyntaxError:
        return frozenset()


RULES = (secrets_stay, titles)
