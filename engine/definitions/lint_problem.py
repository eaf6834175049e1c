"""What the door says about a file: one finding a `LintProblem`, sentences in `texts/<locale>/lint.yml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import texts

if TYPE_CHECKING:
    from engine.definitions.counter_example import CounterExample

Severity = Literal["error", "warning", "style"]


@dataclass(frozen=True)
class LintProblem:
    """`line` is the line of the file as it was handed in, `path` the file's path in the bundle.

    `counter_example` is there when the problem was proven by a way that leads to it.
    """

    TOPIC: ClassVar[str] = "lint"

    severity: Severity
    code: str
    element_id: str | None = None
    line: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    path: str | None = None
    counter_example: "CounterExample | None" = None

    def text(self, locale: str = "zh", part: Literal["message", "why", "fix"] = "message") -> str:
        """The sentence for people. In English a parameter `<name>_en` stands for `<name>`, which is Chinese."""
        words = dict(self.params)
        if locale == "en":
            words |= {name.removesuffix("_en"): word for name, word in words.items() if name.endswith("_en")}
        return texts.sentence(self.TOPIC, self.code, locale, part, **words)

    @property
    def has_reason(self) -> bool:
        """What another tool's diagram lost is explained by its message alone."""
        return "why" in texts.catalogue("zh", self.TOPIC).get(self.code, ())

    def told(self, locale: str) -> dict[str, Any]:
        """As programs are told it, over HTTP and at the terminal."""
        proven = {"counter_example": self.counter_example.told(locale)} if self.counter_example else {}
        return {
            "path": self.path or "",
            "severity": self.severity,
            "code": self.code,
            "element_id": self.element_id,
            "line": self.line,
            "message": self.text(locale, "message"),
            **({"why": self.text(locale, "why")} if self.has_reason else {}),
            "fix": self.text(locale, "fix"),
            **proven,
        }


def error(code: str, *, element_id: str | None = None, line: int | None = None, **params: Any) -> LintProblem:
    return LintProblem("error", code, element_id, line, params)


def warning(code: str, *, element_id: str | None = None, line: int | None = None, **params: Any) -> LintProblem:
    return LintProblem("warning", code, element_id, line, params)


def style(code: str, *, element_id: str | None = None, line: int | None = None, **params: Any) -> LintProblem:
    return LintProblem("style", code, element_id, line, params)


def has_errors(problems: Iterable[LintProblem]) -> bool:
    return any(p.severity == "error" for p in problems)
