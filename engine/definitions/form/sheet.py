"""One component of a form file, and the ways to read its properties without trusting any of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from engine.definitions.form import expressions
from engine.definitions.form.expressions import EMPTY, Dynamic, Feel, Fixed, Template
from engine.errors import Problem
from engine.feel import FeelSyntaxError


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`names` are all keys of the form (for FEEL names with odd characters), `problems` collects what is refused.

    `element` is the id of the component, also inside its parts.
    """

    raw: Mapping[str, Any]
    where: str
    names: Collection[str]
    problems: list[Problem] = field(default_factory=list)
    element: str = ""

    def part(self, name: str) -> "Sheet":
        """A nested object such as `validate`; empty when absent or not an object."""
        raw = self.raw.get(name)
        return self._inside(raw if isinstance(raw, Mapping) else {}, name)

    @property
    def custom(self) -> "Sheet":
        """The custom properties, all of them texts."""
        return self._inside(self.properties, "properties")

    def child(self, raw: Any, name: str) -> "Sheet":
        """A component inside this one, with an id of its own."""
        inner = self._inside(raw if isinstance(raw, Mapping) else {}, name)
        return replace(inner, element=str(inner.raw.get("id") or ""))

    def _inside(self, raw: Mapping[str, Any], name: str) -> "Sheet":
        return replace(self, raw=raw, where=f"{self.where}.{name}".strip("."))

    def refuse(self, code: str, name: str = "", **params: Any) -> None:
        path = f"{self.where}.{name}".strip(".")
        self.problems.append(Problem(path=path, code=code, params=params, element_id=self.element or None))

    @property
    def properties(self) -> Mapping[str, str]:
        raw = self.raw.get("properties")
        return {str(k): str(v) for k, v in raw.items()} if isinstance(raw, Mapping) else {}

    def word(self, name: str) -> str | None:
        value = self.raw.get(name)
        return value.strip() or None if isinstance(value, str) else None

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.raw.get(name, default)
        return value if isinstance(value, bool) else default

    def integer(self, name: str, *, low: int, high: int) -> int | None:
        """A whole number given as number or text; anything else is refused."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        number = _whole(value)
        if number is None or not low <= number <= high:
            self.refuse("bad_number", name, low=low, high=high)
            return None
        return number

    def dynamic(self, name: str) -> Dynamic:
        return self._compiled(name, expressions.dynamic, Fixed(None))

    def flag_or_feel(self, name: str) -> Dynamic:
        found = self.dynamic(name)
        if isinstance(found, Feel):
            return found
        return Fixed(found.of({}) is True)

    def number_or_feel(self, name: str) -> Dynamic:
        """A limit: a number, a number as text, or an expression."""
        found = self.dynamic(name)
        if isinstance(found, Feel):
            return found
        value = found.of({})
        if value is None or value == "":
            return Fixed(None)
        number = _exact(value)
        if number is None:
            self.refuse("bad_limit", name)
        return Fixed(number)

    def template(self, name: str) -> Template:
        if "{{#" in str(self.raw.get(name) or ""):
            self.refuse("template_block", name)
            return EMPTY
        return self._compiled(name, expressions.template, EMPTY)

    def feel(self, name: str) -> Dynamic:
        """An expression, with or without a leading `=`; `Fixed(None)` when absent."""
        value = self.raw.get(name)
        if value is None or value == "" or isinstance(value, bool):
            return Fixed(value or None)
        if not isinstance(value, str):
            self.refuse("bad_expression", name, reason="不是文本", reason_en="it is not a text")
            return Fixed(None)
        return self._compiled(name, expressions.feel, Fixed(None))

    def _compiled(self, name: str, compile_one: Any, otherwise: Any) -> Any:
        where = f"{self.where}.{name}".strip(".")
        try:
            return compile_one(self.raw.get(name), where=where, names=self.names)
        except FeelSyntaxError as error:
            params = {"reason": error.text("zh"), "reason_en": error.text("en")}
            self.refuse("bad_expression", name, **params)
            return otherwise


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.strip().isdecimal() else None


def _exact(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        number = Decimal(value)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None
