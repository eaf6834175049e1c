"""Whether one value of the right type is acceptable here and now."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, validate

from engine.definitions.form import identifiers
from engine.definitions.form.choices import documents_of, is_accepted, options_of
from engine.definitions.form.components import Files, Input, Limits
from engine.definitions.form.problems import Flaw
from engine.definitions.form.scope import Scope

_EMAIL = validate.Email()
_ABSENT = {"flag": "must_be_ticked", "files": "file_required", "choices": "choose_at_least_one", "choice": "choose_one"}


def flaws_of(component: Input, value: Any, scope: Scope) -> Iterator[Flaw]:
    """`value` has its type already; an empty one is only looked at for being required."""
    if is_empty(value) or (component.kind == "flag" and value is False):
        if component.limits.required.of(scope) is True:
            yield Flaw(_ABSENT.get(component.kind, "required"))
        return
    check = _CHECKS.get(component.kind)
    if check:
        yield from check(component, value, scope)


def is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _text(component: Input, value: str, scope: Scope) -> Iterator[Flaw]:
    limits = component.limits
    yield from _lengths(limits, value, scope)
    if limits.pattern and not limits.pattern.search(value):
        said = {"text": limits.pattern_message, "text_en": limits.pattern_message_en}
        yield Flaw("bad_pattern_value", {name: text for name, text in said.items() if text})
    if limits.format:
        yield from _format(limits.format, value)


def _format(name: str, value: str) -> Iterator[Flaw]:
    if name == "uscc":
        found = identifiers.uscc_flaw(value)
        yield from [Flaw(*found)] if found else []
    elif not _FORMATS[name](value):
        yield Flaw(f"not_{name}")


def _lengths(limits: Limits, value: str, scope: Scope) -> Iterator[Flaw]:
    least, most = limits.min_length.of(scope), limits.max_length.of(scope)
    if _is_number(least) and len(value) < least:
        yield Flaw("too_short", {"limit": int(least)})
    if _is_number(most) and len(value) > most:
        yield Flaw("too_long", {"limit": int(most)})


def _number(component: Input, value: int | Decimal, scope: Scope) -> Iterator[Flaw]:
    least, most = component.limits.minimum.of(scope), component.limits.maximum.of(scope)
    step = component.limits.step
    if _is_number(least) and value < least:
        yield Flaw("too_small", {"limit": least})
    elif _is_number(most) and value > most:
        yield Flaw("too_large", {"limit": most})
    elif step and (value - (least if _is_number(least) else 0)) % step:
        yield Flaw("not_a_step", {"step": step})


def _day(component: Input, value: str, scope: Scope) -> Iterator[Flaw]:
    today = scope.context.get("今天")
    if component.future_only and today is not None and value[:10] < _iso(today):
        yield Flaw("in_the_past")


def _choice(component: Input, value: Any, scope: Scope) -> Iterator[Flaw]:
    if component.options and str(value) not in options_of(component.options, scope).by_key:
        yield Flaw("not_among_people" if component.options.people else "not_an_option")


def _choices(component: Input, value: list[Any], scope: Scope) -> Iterator[Flaw]:
    allowed = options_of(component.options, scope).by_key if component.options else {}
    if not all(str(item) in allowed for item in value):
        yield Flaw("not_among_people" if component.options and component.options.people else "not_an_option")


def _files(component: Input, value: list[str], scope: Scope) -> Iterator[Flaw]:
    rules, known = component.files, documents_of(scope)
    if rules is None:
        return
    if len(value) > rules.max_count:
        yield Flaw("too_many_files", {"limit": rules.max_count})
    for document_id in value:
        document = known.get(str(document_id))
        yield from _file(document, rules) if document else [Flaw("unknown_document")]


def _file(document: Any, rules: Files) -> Iterator[Flaw]:
    if not is_accepted(document, rules):
        yield Flaw("file_not_accepted", {"name": document.name, "accept": "、".join(rules.accept)})
    if document.size > rules.max_size:
        yield Flaw("file_too_large", {"name": document.name, "limit": rules.max_size // (1024 * 1024)})


def chosen(component: Input, value: Any, scope: Scope) -> Any:
    """The stored value of what was chosen: a page sends `"1"` for the option 1."""
    if component.options is None or is_empty(value):
        return value
    by_key = options_of(component.options, scope).by_key
    if isinstance(value, list):
        return [by_key[str(item)].value if str(item) in by_key else item for item in value]
    return by_key[str(value)].value if str(value) in by_key else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _iso(today: Any) -> str:
    return today.isoformat()[:10] if isinstance(today, date) else str(today)[:10]


def _is_email(value: str) -> bool:
    try:
        _EMAIL(value)
    except ValidationError:
        return False
    return True


_FORMATS: Mapping[str, Callable[[str], bool]] = {
    "phone": identifiers.is_mobile,
    "any_phone": identifiers.is_any_phone,
    "id_number": identifiers.is_id_number,
    "email": _is_email,
}
_CHECKS: Mapping[str, Callable[[Input, Any, Scope], Iterator[Flaw]]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "date": _day,
    "datetime": _day,
    "choice": _choice,
    "choices": _choices,
    "files": _files,
}
