"""Drop what a page may still send of fields that have just become hidden, read-only or computed."""

from collections.abc import Mapping
from typing import Any

from engine.definitions.form.components import Computed, Group, Input, RowList
from engine.definitions.form.level import Member
from engine.definitions.form.scope import Scope


def pruned(scope: Scope, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Keeps wrong values: they are for `Form.accept` to name."""
    found: dict[str, Any] = {}
    for key, value in answers.items():
        member = scope.level.members.get(key)
        if member is None:
            found[key] = value
        elif not _is_dropped(scope, member, key):
            found[key] = _below(scope, member, key, value)
    return found


def _is_dropped(scope: Scope, member: Member, key: str) -> bool:
    component = member.component
    if scope.is_hidden(key) or isinstance(component, Computed):
        return True
    return isinstance(component, Input) and scope.is_readonly(component)


def _below(scope: Scope, member: Member, key: str, value: Any) -> Any:
    component = member.component
    if isinstance(component, Group) and isinstance(value, Mapping):
        return pruned(scope.group(key), value)
    if isinstance(component, RowList) and isinstance(value, list):
        rows = scope.rows(key)
        whole = len(rows) == len(value)
        return [pruned(rows[n], row) if whole and isinstance(row, Mapping) else row for n, row in enumerate(value)]
    return value
