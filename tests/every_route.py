"""Every address that can be read, with the ids of one case in it; for tests that ask all of them as all people."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter

# The same for everybody, before and after everything: built files.
STATIC = {"/assets/<path:filename>"}
Known = Mapping[str, Sequence[str]]


def reading_rules(app: Flask) -> list[Rule]:
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.rule not in STATIC]
    return sorted(rules, key=lambda rule: rule.rule)


def addresses(rule: Rule, known: Known, queries: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """`known` has values for each argument, or for one of a rule as `key@/papers`; `queries` are added by rule.

    Raises KeyError for an argument that nobody has thought of.
    """
    names = sorted(rule.arguments)
    for values in product(*(_values(rule, name, known) for name in names)):
        built = rule.build(dict(zip(names, values, strict=True)))
        assert built is not None
        yield built[1]
        yield from (f"{built[1]}?{query}" for query in queries.get(rule.rule, ()))


def _values(rule: Rule, name: str, known: Known) -> Sequence[str | int]:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    special = [values for key, values in known.items() if "@" in key and _is_meant(key, rule, name)]
    values = special[0] if special else known[name]
    return [converter.to_python(value) for value in values]


def _is_meant(key: str, rule: Rule, name: str) -> bool:
    argument, _, part = key.partition("@")
    return argument == name and part in rule.rule
