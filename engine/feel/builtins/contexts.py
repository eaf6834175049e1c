"""Functions on contexts; a context is never changed, a new one is made."""

from collections.abc import Mapping

from engine.feel.signatures import builtin
from engine.feel.values import normal

Context = Mapping[str, object]


@builtin("get value(m: context, key: string)")
def get_value(context: Context, key: str) -> object:
    return normal(context.get(key))


@builtin("get value(context: context, keys: list)")
def get_nested_value(context: Context, keys: list[object]) -> object:
    value: object = context
    for key in keys:
        value = normal(value.get(key)) if isinstance(value, Mapping) and isinstance(key, str) else None
    return value if keys else None


@builtin("get entries(m: context)")
def get_entries(context: Context) -> list[Context]:
    return [{"key": key, "value": normal(value)} for key, value in context.items()]


@builtin("context(entries: list)")
def context_of(entries: list[object]) -> Context | None:
    """From `[{key: …, value: …}]`; null if an entry is not of that form or a key comes twice."""
    made: dict[str, object] = {}
    for entry in entries:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("key"), str) or "value" not in entry:
            return None
        if entry["key"] in made:
            return None
        made[entry["key"]] = normal(entry["value"])
    return made


@builtin("context put(context: context, key: string, value: any)")
def context_put(context: Context, key: str, value: object) -> Context:
    return {**context, key: value}


@builtin("context put(context: context, keys: list, value: any)")
def context_put_nested(context: Context, keys: list[object], value: object) -> Context | None:
    if not keys or not all(isinstance(key, str) for key in keys):
        return None
    if len(keys) == 1:
        return context_put(context, keys[0], value)
    below = normal(context.get(keys[0]))
    if below is None:
        below = {}
    changed = context_put_nested(below, keys[1:], value) if isinstance(below, Mapping) else None
    return None if changed is None else context_put(context, keys[0], changed)


@builtin("context merge(contexts: list)")
def context_merge(contexts: list[object]) -> Context | None:
    if not all(isinstance(context, Mapping) for context in contexts):
        return None
    return {key: value for context in contexts for key, value in context.items()}
