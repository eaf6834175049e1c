"""Take the answers to a form, or say everything that is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.definitions.form.components import Check, Component, Computed, Group, Input, RowList
from engine.definitions.form.constraints import chosen, flaws_of, is_empty
from engine.definitions.form.level import Member
from engine.definitions.form.problems import Flaw, FormExpressionFailed
from engine.definitions.form.scope import Scope
from engine.definitions.form.shape import join
from engine.errors import Problem

_MOST_PROBLEMS = 100


@dataclass
class Acceptance:
    """Walks the levels of one form with one set of answers. `flaws` are those of the types, by path."""

    flaws: Mapping[str, tuple[Flaw, ...]]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def take(self, scope: Scope, *, path: str = "") -> dict[str, Any]:
        """The values of one level; a hidden part is null, so that nothing of an earlier round remains."""
        found: dict[str, Any] = {}
        for key, member in scope.level.members.items():
            here = join(path, key)
            found[key] = self._hidden(scope, member, here) if scope.is_hidden(key) else self._value(scope, member, here)
        for member in scope.level.unkeyed:
            if not any(condition.of(scope) is True for condition in member.conditions):
                self.check(member.component.checks, scope, path=path, component=member.component)
        return found

    def finish(self) -> None:
        """Flaws that nobody asked about: unknown keys, and an answer that is no object at all."""
        for path in sorted(self.flaws.keys() - self._seen):
            self._report(path, self.flaws[path], None)

    def check(self, checks: Iterable[Check], scope: Scope, *, path: str, component: Component | None) -> None:
        """A rule that comes out false is a problem; one that comes out null has nothing to judge yet."""
        for check in checks:
            holds = check.rule.of(scope)
            if holds is not None and not isinstance(holds, bool):
                raise FormExpressionFailed(where=path, reason="check_not_boolean")
            if holds is False:
                self._failed(check, scope, path=path, component=component)

    def _failed(self, check: Check, scope: Scope, *, path: str, component: Component | None) -> None:
        text, text_en = check.message.of(scope), check.message_en.of(scope)
        code = "warning" if check.is_warning else "check_failed"
        params = {"text_en": text_en} if text_en else {}
        element = component.id if component else None
        problem = Problem(path=path, code=code, params=params, element_id=element, text=text or None)
        found = self.warnings if check.is_warning else self.problems
        if len(found) < _MOST_PROBLEMS:
            found.append(problem)

    def _hidden(self, scope: Scope, member: Member, here: str) -> None:
        below = {path for path in self.flaws if path == here or path.startswith((f"{here}.", f"{here}["))}
        self._seen |= below
        if below or not _is_blank(scope.typed.get(member.component.key)):
            self._report(here, [Flaw("hidden_field")], member.component)

    def _value(self, scope: Scope, member: Member, here: str) -> Any:
        component = member.component
        if isinstance(component, Group):
            return self._group(scope, component, here)
        if isinstance(component, RowList):
            return self._rows(scope, component, here)
        if isinstance(component, Input) and not scope.is_readonly(component):
            return self._input(scope, component, here)
        code = "computed_field" if isinstance(component, Computed) else "readonly_field"
        return self._fixed(scope, component, here, code=code)

    def _input(self, scope: Scope, component: Input, here: str) -> Any:
        self._seen.add(here)
        if here in self.flaws:
            self._report(here, self.flaws[here], component)
            return None
        value = scope[component.name]
        flaws = list(flaws_of(component, value, scope))
        self._report(here, flaws, component)
        if not flaws:
            self.check(component.checks, scope, path=here, component=component)
        return chosen(component, value, scope)

    def _fixed(self, scope: Scope, component: Component, here: str, *, code: str) -> Any:
        """A client may repeat what the system knows, nothing else."""
        self._seen.add(here)
        value, given = scope[component.key], scope.typed.get(component.key)
        if not _is_blank(given) and not _same(given, value):
            self._report(here, [Flaw(code)], component)
        self.check(component.checks, scope, path=here, component=component)
        return value

    def _group(self, scope: Scope, component: Group, here: str) -> dict[str, Any] | None:
        if here in self.flaws:
            self._seen.add(here)
            self._report(here, self.flaws[here], component)
            return None
        found = self.take(scope.group(component.key or ""), path=here)
        self.check(component.checks, scope, path=here, component=component)
        return found

    def _rows(self, scope: Scope, component: RowList, here: str) -> list[dict[str, Any]]:
        rows = scope.rows(component.path)
        if here in self.flaws:
            self._seen.add(here)
            self._report(here, self.flaws[here], component)
            return []
        self._report(here, _row_count(component, scope, len(rows)), component)
        found = [self._row(row, join(here, n)) for n, row in enumerate(rows)]
        self.check(component.checks, scope, path=here, component=component)
        return found

    def _row(self, row: Scope, here: str) -> dict[str, Any]:
        if here in self.flaws:
            self._seen.add(here)
            self._report(here, self.flaws[here], None)
            return {}
        return self.take(row, path=here)

    def _report(self, path: str, flaws: Iterable[Flaw], component: Component | None) -> None:
        for flaw in flaws:
            if len(self.problems) < _MOST_PROBLEMS:
                element = component.id if component else None
                text = flaw.params.get("text")
                problem = Problem(path=path, code=flaw.code, params=flaw.params, element_id=element, text=text)
                self.problems.append(problem)


def _row_count(component: RowList, scope: Scope, count: int) -> Iterable[Flaw]:
    if not component.is_open:
        expected = len(scope.first_rows(component))
        return [] if count == expected else [Flaw("fixed_rows", {"count": expected})]
    if count < component.min_rows:
        return [Flaw("too_few_rows", {"limit": component.min_rows})]
    if count > component.max_rows:
        return [Flaw("too_many_rows", {"limit": component.max_rows})]
    return []


def _is_blank(value: Any) -> bool:
    """Nothing was said: clients send null, empty texts and unticked boxes for what they do not show."""
    if isinstance(value, Mapping):
        return all(_is_blank(item) for item in value.values())
    if isinstance(value, list):
        return all(_is_blank(item) for item in value)
    return value is False or is_empty(value)


def _same(given: Any, known: Any) -> bool:
    numbers = (int, float, Decimal)
    if isinstance(given, numbers) and isinstance(known, numbers):
        return isinstance(given, bool) == isinstance(known, bool) and _exact(given) == _exact(known)
    return type(given) is type(known) and given == known


def _exact(number: int | float | Decimal) -> Decimal:
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
