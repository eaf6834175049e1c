"""Reads the YAML of a rule file strictly: exact numbers, no aliases, no key twice, no tags beyond the plain ones."""

from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from engine.errors import Problem

MAXIMUM_BYTES = 1_000_000


class _NotPlain(Exception):
    """The file uses something that rule files may not use."""

    def __init__(self, *, code: str, node: yaml.Node, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = {"line": node.start_mark.line + 1, **params}


class _StrictLoader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()
            raise _NotPlain(code="rule_alias", node=yaml.ScalarNode("", "", event.start_mark, event.end_mark))
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise _NotPlain(code="rule_key_twice", node=key, key=key.value)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    try:
        number = Decimal(loader.construct_scalar(node))
    except InvalidOperation:
        raise _NotPlain(code="rule_number", node=node, value=node.value) from None
    if not number.is_finite():
        raise _NotPlain(code="rule_number", node=node, value=node.value)
    return number


_StrictLoader.add_constructor("tag:yaml.org,2002:float", _decimal)


def read(*, path: str, content: bytes) -> tuple[Any, list[Problem]]:
    """The content of one file and what is wrong with its form; with problems the content is None."""
    if len(content) > MAXIMUM_BYTES:
        return None, [Problem(path, "rule_file_too_big", {"limit": MAXIMUM_BYTES})]
    try:
        return _StrictLoader(content.decode("utf-8")).get_single_data(), []
    except _NotPlain as why:
        return None, [Problem(path, why.code, why.params)]
    except yaml.YAMLError as why:
        mark = getattr(why, "problem_mark", None)
        return None, [_unreadable(path=path, line=mark.line + 1 if mark else 1, why=getattr(why, "problem", str(why)))]
    except (UnicodeDecodeError, RecursionError, ValueError) as why:
        return None, [_unreadable(path=path, line=1, why=str(why))]


def _unreadable(*, path: str, line: int, why: str) -> Problem:
    return Problem(path, "rule_yaml", {"line": line, "why": why})
