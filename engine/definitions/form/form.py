"""A form: read once from its file, then asked again and again to accept answers or to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.definitions.form.acceptance import Acceptance
from engine.definitions.form.choices import documents_of
from engine.definitions.form.components import Check, Component, Group, Input, RowList
from engine.definitions.form.dependencies import Dependencies
from engine.definitions.form.drawing import Drawing
from engine.definitions.form.expressions import Fixed
from engine.definitions.form.level import Level
from engine.definitions.form.problems import AnswersRejected
from engine.definitions.form.pruning import pruned
from engine.definitions.form.reading import read_form
from engine.definitions.form.scope import Scope, Surroundings
from engine.definitions.form.shape import Shape, steps
from engine.definitions.form.view import FormView
from engine.errors import Problem


@dataclass(frozen=True)
class Accepted:
    """`values` has exactly the form's `written_keys`; what was hidden is null."""

    values: dict[str, Any]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Form:
    """`schema` is the form-js JSON as written, `fields` the kinds of its fields by path (`own_reps.person`).

    `outside_names` are the names that its expressions expect from the case.
    """

    id: str
    path: str
    schema: Mapping[str, Any]
    children: tuple[Component, ...] = field(repr=False)
    checks: tuple[Check, ...] = field(repr=False)
    level: Level = field(repr=False)
    shape: Shape = field(repr=False)
    outside_names: frozenset[str] = frozenset()
    watched_keys: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, source: bytes, path: str) -> "Form":
        """Raises FormRefused with every problem of the file."""
        parts = read_form(source, path)
        level = Level.of(parts.children)
        checks = [part for check in parts.checks for part in (check.rule, check.message, check.message_en)]
        found = Dependencies.of(level, parts.children, checks)
        return cls(
            id=parts.id,
            path=path,
            schema=parts.schema,
            children=parts.children,
            checks=parts.checks,
            level=level,
            shape=Shape(level),
            outside_names=frozenset(found.outside),
            watched_keys=frozenset(found.watched),
        )

    @cached_property
    def fields(self) -> dict[str, str]:
        return {
            f"{level.path}{key}": _kind(member.component)
            for level in self.level.all()
            for key, member in level.members.items()
        }

    def property_of(self, path: str, name: str) -> str | None:
        """A custom property of the field at this path (`own_reps.person`)."""
        for level in self.level.all():
            for key, member in level.members.items():
                if f"{level.path}{key}" == path:
                    return getattr(member.component, "properties", {}).get(name)
        return None

    def label_of(self, path: str, value: Any) -> str | None:
        """What people read for a choice that is written in the form."""
        for level in self.level.all():
            member = level.members.get(path.removeprefix(level.path)) if path.startswith(level.path) else None
            options = getattr(getattr(member, "component", None), "options", None)
            if options is not None and isinstance(options.source, Fixed):
                rows = options.source.value or []
                return next((str(row["label"]) for row in rows if row.get("value") == value), None)
        return None

    @cached_property
    def written_keys(self) -> frozenset[str]:
        """The process variables that answers of this form set."""
        return frozenset(key for key, member in self.level.members.items() if not _is_shown_only(member.component))

    def accept(self, answers: Mapping[str, Any], context: Mapping[str, Any]) -> Accepted:
        """Raises AnswersRejected with all problems, FormExpressionFailed when a rule of the form itself fails."""
        typed = self.shape.read(answers)
        scope = self._scope(typed.values, context)
        acceptance = Acceptance(typed.flaws)
        values = acceptance.take(scope)
        acceptance.check(self.checks, scope, path="", component=None)
        acceptance.finish()
        if acceptance.problems:
            raise AnswersRejected(problems=acceptance.problems, form=self.id)
        written = self.written_keys
        return Accepted({k: v for k, v in values.items() if k in written}, tuple(acceptance.warnings))

    def view(self, answers: Mapping[str, Any] | None, context: Mapping[str, Any]) -> FormView:
        """`answers` may be a draft and as wrong as it likes; None shows the form as it starts."""
        raw = self._first_answers(context) if answers is None else answers
        scope = self._scope(self.shape.read(raw).values, context)
        nodes = Drawing(self.watched_keys).nodes(self.children, scope, raw)
        return FormView(id=self.id, nodes=nodes, watched_keys=self.watched_keys)

    def prune(self, answers: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
        """The answers without what a page may still send of fields that are hidden, read-only or computed."""
        return pruned(self._scope(self.shape.read(answers).values, context), answers)

    def blank_row(self, path: str, *, answers: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
        """The row that a person gets who adds one to the list at this path. Raises KeyError: there is no such list."""
        scope = self._scope(self.shape.read(answers).values, context)
        *around, last = steps(path)
        for key, row in around:
            scope = scope.group(key) if row is None else scope.rows(key)[row]
        level = scope.level.members[last[0]].level
        if level is None:
            raise KeyError(path)
        return _first_row(level, {}, scope)

    def _scope(self, typed: Mapping[str, Any], context: Mapping[str, Any]) -> Scope:
        surroundings = Surroundings(context, self.outside_names)
        return Scope(level=self.level, typed=typed, initial=context, outer=surroundings)

    def _first_answers(self, context: Mapping[str, Any]) -> dict[str, Any]:
        return _first_answers(self._scope({}, context))


def _first_answers(scope: Scope) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, member in scope.level.members.items():
        component = member.component
        if isinstance(component, Input):
            found[key] = _first_value(component, scope)
        elif isinstance(component, Group):
            found[key] = _first_answers(scope.group(key))
        elif isinstance(component, RowList) and member.level:
            found[key] = [_first_row(member.level, row, scope) for row in scope.first_rows(component)]
    return found


def _first_value(component: Input, scope: Scope) -> Any:
    value = scope.initial_value(component)
    if component.kind != "files" or not isinstance(value, list):
        return value
    return [item for item in value if str(item) in documents_of(scope)]


def _first_row(level: Level, row: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    return _first_answers(Scope(level=level, typed={}, initial=row, outer=scope, index=(*scope.index, 1)))


def _is_shown_only(component: Component) -> bool:
    """Shows what the case knows and has nothing of its own to write."""
    return isinstance(component, Input) and component.is_always_readonly and component.default is None


def _kind(component: Component) -> str:
    return component.kind if isinstance(component, Input) else component.type
