"""Two forms of one id: fields by their key, texts by their id, what anybody wrote into their settings."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.definitions.comparing.change import Area, Change, Kind, Thing
from engine.definitions.comparing.processes import changed
from engine.definitions.form import Form

# What an editor writes for itself, or what is told elsewhere: the parts inside, the place in the row.
_IGNORED = {"id", "key", "path", "components", "layout", "properties"}


def compare_forms(before: Form | None, after: Form | None) -> Iterator[Change]:
    """Either may be missing."""
    form = after or before
    assert form is not None
    whole = Thing(area=Area.FORM, path=form.path, sort="form", name=form.id)
    if before is None or after is None:
        yield Change(kind=Kind.REMOVED if after is None else Kind.ADDED, thing=whole)
        return
    old, new = _parts(before.schema), _parts(after.schema)
    for key in old.keys() - new.keys():
        yield Change(kind=Kind.REMOVED, thing=_thing(old[key], key, form))
    for key, part in new.items():
        if key not in old:
            yield Change(kind=Kind.ADDED, thing=_thing(part, key, form))
        else:
            yield from _part_changes(old[key], part, _thing(part, key, form))
    yield from _order(list(old), list(new), whole)


def _order(old: list[str], new: list[str], whole: Thing) -> Iterator[Change]:
    """Parts that are in both, in another order."""
    both = set(old) & set(new)
    if [key for key in old if key in both] != [key for key in new if key in both]:
        yield Change(kind=Kind.CHANGED, thing=whole, what="order", before=None, after="✓")


def _parts(schema: Mapping[str, Any], above: str = "") -> dict[str, Mapping[str, Any]]:
    """All parts by the path of their keys; a part without a key by its id."""
    found: dict[str, Mapping[str, Any]] = {}
    for part in schema.get("components") or ():
        own = str(part.get("key") or part.get("path") or part.get("id") or "")
        key = f"{above}.{own}" if above else own
        found[key] = part
        if part.get("components"):
            found |= _parts(part, key if part.get("path") else above)
    return found


def _thing(part: Mapping[str, Any], key: str, form: Form) -> Thing:
    name = str(part.get("label") or part.get("text") or key)
    sort = "field" if part.get("key") or part.get("path") else "text"
    return Thing(area=Area.FORM, path=form.path, sort=sort, name=" ".join(name.split())[:60], part_of=form.id)


def _part_changes(old: Mapping[str, Any], new: Mapping[str, Any], thing: Thing) -> Iterator[Change]:
    before, after = _settings(old), _settings(new)
    for what in sorted(before.keys() | after.keys()):
        yield from changed(thing, what, before.get(what), after.get(what))


def _settings(part: Mapping[str, Any]) -> dict[str, str]:
    """Flat: `validate.required`, `conditional.hide`, and the properties under their own names."""
    found: dict[str, str] = {}
    for name, value in part.items():
        if name in _IGNORED:
            continue
        if isinstance(value, Mapping):
            found |= {f"{name}.{inner}": _text(v) for inner, v in value.items()}
        else:
            found[name] = _text(value)
    return found | {str(name): _text(value) for name, value in (part.get("properties") or {}).items()}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
