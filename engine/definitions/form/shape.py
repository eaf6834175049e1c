"""The marshmallow schema of a form: which keys there are and of which types. Built once, the same for every case."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from engine.definitions.form import values
from engine.definitions.form.components import Component, Group, Input, RowList
from engine.definitions.form.expressions import Fixed
from engine.definitions.form.level import Level, Member
from engine.definitions.form.problems import Flaw

ONE_LINE_LIMIT = 1_000
LONG_TEXT_LIMIT = 20_000
_MOST_CHOICES = 500
_MOST_FILES = 100
_LONGEST_KEY = 80
_STEP = re.compile(r"(\w+)(?:\[(\d{1,4})\])?")


@dataclass(frozen=True)
class Typed:
    """`values` have the right types; `flaws` says what was left out of them and why, by path."""

    values: Mapping[str, Any]
    flaws: Mapping[str, tuple[Flaw, ...]]


class _Answers(Schema):
    class Meta:
        unknown = RAISE

    error_messages = {"unknown": Flaw("unknown_field"), "type": Flaw("not_an_object")}  # noqa: RUF012


class Shape:
    """Reads raw answers of one form."""

    def __init__(self, level: Level) -> None:
        self._schema = _schema(level)

    def read(self, answers: Any) -> Typed:
        try:
            return Typed(self._schema.load(answers), {})
        except ValidationError as error:
            found = error.valid_data if isinstance(error.valid_data, Mapping) else {}
            return Typed(found, dict(_by_path(error.messages)))


def _schema(level: Level) -> Schema:
    """Field names are made up, the keys stand in `data_key`: no key of a form can clash with marshmallow."""
    found: dict[str, fields.Field[Any]] = {}
    for n, (key, member) in enumerate(level.members.items()):
        field = _field(member)
        field.data_key = field.attribute = key
        found[f"field_{n}"] = field
    return _Answers.from_dict(found)()


def _field(member: Member) -> fields.Field[Any]:
    component = member.component
    if isinstance(component, Group) and member.level:
        return values.Part(shape=_schema(member.level))
    if isinstance(component, RowList) and member.level:
        return values.Rows(shape=_schema(member.level), limit=component.max_rows)
    if isinstance(component, Input) and not component.is_always_readonly:
        return _input_field(component)
    return values.Anything()


def _input_field(component: Input) -> fields.Field[Any]:
    match component.kind:
        case "text":
            return values.PlainText(limit=_text_limit(component, ONE_LINE_LIMIT), one_line=True)
        case "long_text":
            return values.PlainText(limit=_text_limit(component, LONG_TEXT_LIMIT), one_line=False)
        case "number":
            return values.ExactNumber(digits=component.digits)
        case "date":
            return values.Day()
        case "time":
            return values.TimeOfDay()
        case "datetime":
            return values.Moment()
        case "flag":
            return values.Flag()
        case "choice":
            return values.Choice(written=_written(component))
        case "choices":
            return values.Choices(limit=_MOST_CHOICES, written=_written(component))
    return values.Choices(limit=_MOST_FILES, written={})


def _written(component: Input) -> Mapping[str, Any]:
    """The options that stand in the form file, by their text: a page sends `"1"` for the option 1."""
    source = component.options.source if component.options else None
    listed = source.value if isinstance(source, Fixed) and isinstance(source.value, list) else []
    found = [item.get("value") if isinstance(item, Mapping) else item for item in listed]
    return {str(value): value for value in found}


def _text_limit(component: Component, usual: int) -> int:
    """A fixed maximum above ours raises the limit; one below is left to the check of lengths."""
    own = component.limits.max_length if isinstance(component, Input) else None
    value = own.value if isinstance(own, Fixed) and own.value is not None else 0
    return max(usual, min(int(value), 100_000))


def _by_path(messages: Any, path: str = "") -> list[tuple[str, tuple[Flaw, ...]]]:
    """marshmallow's nested messages, flat: `own_reps[2].person`."""
    if isinstance(messages, list):
        return [(path, tuple(m for m in messages if isinstance(m, Flaw)))]
    found = []
    for key, below in messages.items():
        found += _by_path(below, join(path, key))
    return found


def join(path: str, key: str | int) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    if key == "_schema":
        return path
    return f"{path}.{key[:_LONGEST_KEY]}" if path else str(key)[:_LONGEST_KEY]


def steps(path: str) -> list[tuple[str, int | None]]:
    """`g.own_reps[2].person` as `[("g", None), ("own_reps", 2), ("person", None)]`. Raises KeyError."""
    found = [_STEP.fullmatch(part) for part in path.split(".")]
    if not all(found):
        raise KeyError(path)
    return [(step[1], int(step[2]) if step[2] else None) for step in found if step]
