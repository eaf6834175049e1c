"""The diagrams of one process as a page shows them: which is open, where the others are, what is marked."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from engine.queries.diagram import DiagramSheet, DiagramState, TokenMark
from web.case_outline import token_words

Address = Callable[[str], str]


@dataclass(frozen=True)
class Sheet:
    sheet: DiagramSheet
    address: str
    is_open: bool
    is_here: bool


def listed(sheets: Iterable[DiagramSheet], *, shown: str, address: Address, here: frozenset[str]) -> tuple[Sheet, ...]:
    """Nothing to choose from where there is only one."""
    found = tuple(Sheet(one, address(one.key), one.key == shown, one.key in here) for one in sheets)
    return found if len(found) > 1 else ()


def marks(drawn: DiagramState) -> str:
    """For the viewer: of many tokens at one element one mark that says how many."""
    by_element: dict[str, list[TokenMark]] = {}
    for token in drawn.current:
        by_element.setdefault(token.element_id, []).append(token)
    current = [{"element_id": id_, "label": _label(tokens)} for id_, tokens in by_element.items()]
    return json.dumps({"done": list(drawn.done), "current": current, "failed": list(drawn.failed)})


def links(sheets: Iterable[DiagramSheet], *, shown: str, address: Address) -> str:
    """For the viewer: where each call activity of the open diagram leads."""
    open_one = next((one for one in sheets if one.key == shown), None)
    known: dict[str, Any] = {one.key: one for one in sheets}
    calls = open_one.calls.items() if open_one else ()
    return json.dumps({id_: {"href": address(key), "text": _("打开流程图")} for id_, key in calls if key in known})


def _label(tokens: list[TokenMark]) -> str:
    return token_words(tokens[0]) if len(tokens) == 1 else _("%(count)s 项", count=len(tokens))
