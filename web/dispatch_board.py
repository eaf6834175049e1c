"""派单看板: what is open, late, waiting and short; every number leads to the requests behind it."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template, url_for
from flask_babel import gettext as _

from engine.queries.dispatch_board.board import DispatchBoard, dispatch_board
from engine.queries.dispatch_board.experts import ORDERS
from engine.queries.dispatch_board.requests import BoardFilter, board_requests
from engine.queries.dispatch_board.scope import Board, board_for
from engine.registry import towns
from web import door
from web.dispatch_words import COMPLEXITIES, category_words, shown_by
from web.fragments import is_part_of_list
from web.language import city_day, listed, named
from web.list_filters import address_with, given
from web.people.expert_words import WHY_NOT, profession_words, professions
from web.permission import permission
from web.request_words import POINTS
from web.spreadsheet import table_file

ROWS, MOST_EXPERTS, MOST_EXPORTED = 40, 20, 200
PAGES_EXPORTED = 25
screen = Blueprint("dispatch_board", __name__)


@screen.get("/dispatch")
@permission("coordinators")
def show() -> str:
    order = given("order") if given("order") in ORDERS else "name"
    with door.reading() as session:
        board = _board(session, order=order, cursor=given("cursor"), limit=MOST_EXPERTS)
    more = address_with(cursor=board.experts.next) if board.experts and board.experts.next else None
    return render_template(
        f"dispatch/{'experts_more' if is_part_of_list() and given('cursor') else 'board'}.html", board=board,
        order=order, more=more, behind=_behind, points=POINTS, why_not=WHY_NOT, complexities=COMPLEXITIES,
        category=category_words,
    )  # fmt: skip


@screen.get("/dispatch/requests")
@permission("coordinators")
def show_requests() -> str:
    """Without a filter all open requests."""
    with door.reading() as session:
        board = _scope(session)
        rows = board_requests(board, _filters(), cursor=given("cursor"), limit=ROWS)
        return render_template(
            f"dispatch/{'requests_more' if is_part_of_list() and given('cursor') else 'requests'}.html", rows=rows,
            shown=shown_by(_filters()), more=address_with(cursor=rows.next) if rows.next else None, behind=_behind,
            towns=[(one, one) for one in board.towns or towns(session)], professions=professions(),
            stages=_stages(board),
        )  # fmt: skip


@screen.get("/dispatch/board.<any(xlsx, csv):kind>")
@permission("coordinators")
def board_file(kind: str) -> Response:
    with door.reading() as session:
        board = _board(session)
    return table_file(kind, _("派单看板"), [_("内容"), _("项目"), _("数")], _lines(board))


@screen.get("/dispatch/requests.<any(xlsx, csv):kind>")
@permission("coordinators")
def requests_file(kind: str) -> Response:
    """The list that is shown, as a file: at most five thousand requests."""
    head = [_("编号"), _("标题"), _("企业"), _("镇街"), _("阶段"), _("专家"), _("提出"), _("结案")]
    with door.reading() as session:
        lines = [_line(row) for row in _exported(_scope(session))]
    return table_file(kind, _("诉求清单"), head, lines)


def _board(session: Any, **experts: Any) -> DispatchBoard:
    return dispatch_board(session, door.actor(), catalogue=door.engine().catalogue, now=door.now(), **experts)


def _scope(session: Any) -> Board:
    return board_for(session, door.actor(), catalogue=door.engine().catalogue, now=door.now())


def _filters() -> BoardFilter:
    words = {name: given(name) for name in ("stage", "town", "due", "waiting", "topic", "complexity")}
    return BoardFilter(**words, closed=bool(given("closed")), filed=bool(given("filed")))


def _behind(**filters: str) -> str:
    """The address of the requests behind a number."""
    return url_for("pages.dispatch_board.show_requests", **filters)


def _stages(board: Board) -> list[tuple[str, str]]:
    return [(one.id, named(one)) for one in board.stages]


def _exported(board: Board) -> Iterator[Any]:
    cursor: str | None = None
    for _page in range(PAGES_EXPORTED):
        page = board_requests(board, _filters(), cursor=cursor, limit=MOST_EXPORTED)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def _line(row: Any) -> list[str]:
    case = row.case
    return [
        case.number, row.title, case.enterprise or "", case.town or "", named(case, "stage_name"), listed(row.experts),
        city_day(case.created_at), city_day(case.closed_at) if case.closed_at else "",
    ]  # fmt: skip


def _lines(board: DispatchBoard) -> Iterator[list[str | int]]:
    """Block by block, as on the page."""
    yield [_("在办"), _("合计"), board.requests.total]
    yield [_("在办"), _("逾期"), board.requests.late]
    yield [_("在办"), _("三日内到期"), board.requests.soon]
    yield [_("在办"), _("等待专家答复"), board.offers.cases]
    yield from ([_("阶段"), named(one), one.open] for one in board.requests.stages)
    yield from ([_("镇街在办"), one.town, one.open] for one in board.towns)
    yield from ([_("镇街逾期"), one.town, one.late] for one in board.towns)
    yield from ([_("重复主题"), one.title, one.count] for one in board.period.topics)
    for one in board.period.pace:
        words = COMPLEXITIES[one.complexity]
        yield [_("平均用时（工作日，不含等待企业）"), str(words), "—" if one.net is None else f"{one.net:.1f}"]
    yield from ([_("可派专家"), profession_words(one.profession), one.available] for one in board.professions or ())
    yield from ([_("空余名额"), profession_words(one.profession), one.places] for one in board.professions or ())
