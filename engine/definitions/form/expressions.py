"""Properties of a form that may be FEEL: a fixed value, an expression, or a text with `{{expressions}}` in it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from engine.definitions.form.problems import FormExpressionFailed
from engine.errors import EngineError
from engine.feel import Expression, compile_expression, strip_equals, to_json

_GAP = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_WORDS = {True: "是", False: "否", None: "—"}


class Dynamic(Protocol):
    """A property whose value may depend on what has been filled in."""

    @property
    def names(self) -> frozenset[str]: ...

    def of(self, scope: Mapping[str, Any]) -> Any: ...


@dataclass(frozen=True)
class Fixed:
    """A property that is the same for every case."""

    value: Any
    names: frozenset[str] = frozenset()

    def of(self, scope: Mapping[str, Any]) -> Any:
        return self.value


@dataclass(frozen=True)
class Feel:
    """A property computed by an expression; `where` is its place in the form file."""

    expression: Expression
    where: str

    @property
    def names(self) -> frozenset[str]:
        return self.expression.free_names

    def of(self, scope: Mapping[str, Any]) -> Any:
        """The JSON value. Raises FormExpressionFailed."""
        try:
            value = self.expression.evaluate(scope)
            return value if value is None or isinstance(value, bool) else to_json(value)
        except EngineError as failure:
            details = {"where": self.where, "expression": self.expression.source, "reason": failure.code}
            raise FormExpressionFailed(**details) from failure


@dataclass(frozen=True)
class Run:
    """A stretch of text; `is_value` marks what came from data and must never be read as markup."""

    text: str
    is_value: bool = False


@dataclass(frozen=True)
class Template:
    """A label or text, cut into literal stretches and expressions."""

    parts: tuple[str | Feel, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(part.names for part in self.parts if isinstance(part, Feel)))

    @property
    def literal(self) -> str:
        """The text; nothing when a part of it has to be worked out."""
        texts = [part for part in self.parts if isinstance(part, str)]
        return "".join(texts) if len(texts) == len(self.parts) else ""

    def runs(self, scope: Mapping[str, Any]) -> tuple[Run, ...]:
        return tuple(
            Run(part) if isinstance(part, str) else Run(as_text(part.of(scope)), is_value=True) for part in self.parts
        )

    def of(self, scope: Mapping[str, Any]) -> str:
        return "".join(run.text for run in self.runs(scope))


EMPTY = Template()


def feel(source: str, *, where: str, names: Collection[str]) -> Feel:
    """Raises FeelSyntaxError."""
    return Feel(compile_expression(strip_equals(source), names=names), where)


def dynamic(value: Any, *, where: str, names: Collection[str]) -> Fixed | Feel:
    """A value as written, or an expression when it is a text that starts with `=`. Raises FeelSyntaxError."""
    if isinstance(value, str) and value.lstrip().startswith("="):
        return feel(value.strip(), where=where, names=names)
    return Fixed(value)


def template(text: Any, *, where: str, names: Collection[str]) -> Template:
    """Raises FeelSyntaxError."""
    if not isinstance(text, str) or not text:
        return EMPTY
    if text.lstrip().startswith("="):
        return Template((feel(text.strip(), where=where, names=names),))
    pieces = _GAP.split(text)
    parts = (feel(p.strip(), where=where, names=names) if i % 2 else p for i, p in enumerate(pieces))
    return Template(tuple(part for part in parts if part != ""))


def as_text(value: Any) -> str:
    """How a value reads inside a sentence."""
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, int | Decimal):
        return plain_number(value)
    if isinstance(value, list):
        return "、".join(as_text(item) for item in value)
    if isinstance(value, Mapping):
        return str(value.get("label") or value.get("name") or "")
    return str(value)


def plain_number(value: int | Decimal) -> str:
    """Without exponent and without trailing zeros after the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
