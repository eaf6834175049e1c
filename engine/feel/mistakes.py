"""What may be written but is surely not meant: the value would silently be null, or another one than expected.

An expression with such a mistake is evaluated as the standard says. These errors are given, not raised.
"""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from engine.feel.analysis import uses
from engine.feel.builtins import BUILT_INS
from engine.feel.errors import FeelSyntaxError
from engine.feel.syntax import Arithmetic, Call, Name, Node, Path

_WORDS = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false", "真": "true", "假": "false"}
_WORDS |= dict.fromkeys(("NULL", "Null", "None", "nil", "undefined", "空"), "null")
_METHODS = {
    "size": "count(…)",
    "length": "string length(…) / count(…)",
    "contains": "contains(…, …) / list contains(…, …)",
    "includes": "list contains(…, …)",
    "indexOf": "index of(…, …)",
    "equals": "… = …",
    "isEmpty": "… = [] / … = \"\"",
    "toUpperCase": "upper case(…)",
    "toLowerCase": "lower case(…)",
    "startsWith": "starts with(…, …)",
    "endsWith": "ends with(…, …)",
    "substring": "substring(…, …)",
    "trim": "trim(…)",
    "split": "split(…, …)",
    "toString": "string(…)",
    "get": "… .名称 / …[1]",
}  # fmt: skip
_BARE_DATE = re.compile(r"(?<![\w\"])\d{4}-\d{2}-\d{2}(?![\w\"])")
_LONGEST_GUESSED = 60
_SIMILAR = 0.7  # of the characters


def mistakes(source: str, tree: Node, known: Collection[str]) -> Iterator[FeelSyntaxError]:
    """In no order; `known` are the names that exist outside."""
    yield from _unknown_words(tree, known)
    for node in _all_nodes(tree):
        if isinstance(node, Call):
            yield from _misfit(node)
        elif isinstance(node, Arithmetic):
            yield from _bare_date(source, node)


def closest(name: str, known: Collection[str]) -> str | None:
    """The function or known name that was perhaps meant."""
    if len(name) > _LONGEST_GUESSED:
        return None
    return next(iter(get_close_matches(name, sorted({*BUILT_INS, *known}), n=1, cutoff=_SIMILAR)), None)


def _unknown_words(tree: Node, known: Collection[str]) -> Iterator[FeelSyntaxError]:
    for use in uses(tree):
        if use.name in known or use.name in BUILT_INS or (use.is_ambiguous and not use.is_called):
            continue
        if use.is_called:
            similar = closest(use.name, known)
            yield (
                FeelSyntaxError("unknown_function", position=use.position, function=use.name)
                if similar is None
                else FeelSyntaxError(
                    "unknown_function_similar", position=use.position, function=use.name, instead=similar
                )
            )
        elif use.name in _WORDS:
            yield FeelSyntaxError("unknown_word", position=use.position, text=use.name, instead=_WORDS[use.name])


def _misfit(call: Call) -> Iterator[FeelSyntaxError]:
    """Arguments that no signature of a built-in function takes, and methods of other languages."""
    if isinstance(call.function, Path) and call.function.name in _METHODS:
        name = call.function.name
        yield FeelSyntaxError("method_call", position=call.function.position, text=name, instead=_METHODS[name])
    if not isinstance(call.function, Name):
        return
    function = BUILT_INS.get(call.function.name)
    if function and not function.takes(len(call.arguments), call.names):
        yield FeelSyntaxError(
            "wrong_arguments", position=call.position, function=function.name, expected=" / ".join(function.usages())
        )


def _bare_date(source: str, node: Arithmetic) -> Iterator[FeelSyntaxError]:
    written = _BARE_DATE.match(source, node.first.position)
    if written:
        yield FeelSyntaxError("bare_date", position=written.start(), text=written[0])


def _all_nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children():
        yield from _all_nodes(child)
