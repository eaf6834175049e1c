"""What became of a batch, as a file."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Response
from flask_babel import gettext as _

import texts
from engine.commands.start_batch import EXPORT
from engine.queries.batches import BatchRowSeen, batch, rows_of
from engine.sheet_writing import Row
from web import door
from web.history_words import task_state
from web.language import current_locale
from web.permission import permission
from web.spreadsheet import table_file
from web.worklist.screen import screen

AT_ONCE = 200


@screen.get("/batches/<batch_id>/result.<any(xlsx, csv):kind>")
@permission("signed_in")
def result(batch_id: str, kind: str) -> Response:
    with door.reading() as session:
        found = batch(session, door.actor(), batch_id)
        rows = list(_rows(session, batch_id))
    day = f"{door.now().astimezone(door.TIME_ZONE):%Y%m%d}"
    if found.order == EXPORT:
        exported = (row.facts for row in rows if row.facts)
        return table_file(kind, _("待办_%(day)s", day=day), _export_head(), map(_exported, exported))
    return table_file(kind, _("批量办理结果_%(day)s", day=day), _head(), map(_row, rows))


def outcome_words(outcome: str) -> str:
    words = {"done": _("成功"), "refused": _("未成功"), "waiting": _("未处理")}
    return words[outcome]


def _rows(session: Any, batch_id: str) -> Iterator[BatchRowSeen]:
    after, catalogue = -1, door.engine().catalogue
    while True:
        some = rows_of(session, door.actor(), batch_id, catalogue=catalogue, after=after, limit=AT_ONCE)
        yield from some
        if len(some) < AT_ONCE:
            return
        after = some[-1].position


def _head() -> list[str]:
    return [_("序号"), _("案号"), _("企业"), _("任务"), _("结果"), _("原因"), _("时间")]


def _row(row: BatchRowSeen) -> Row:
    task = row.task
    why = texts.sentence("errors", row.code, current_locale()) if row.code else ""
    named = (
        (task.case_number, task.enterprise or task.case_title, _in_locale(vars(task), "name")) if task else ("",) * 3
    )
    return (row.position + 1, *named, outcome_words(row.outcome), why, _time(row.at))


def _export_head() -> list[str]:
    return [
        _("案号"), _("企业"), _("镇街"), _("任务"), _("阶段"), _("状态"), _("办理人"), _("收到时间"), _("截止日期"),
        _("跟进日期"), _("办结时间"), _("催办次数"),
    ]  # fmt: skip


def _exported(facts: Any) -> Row:
    return (
        facts["case_number"],
        facts["enterprise"] or facts["case_title"],
        facts["town"],
        _in_locale(facts, "name"),
        _in_locale(facts, "stage_name"),
        task_state(facts["state"]),
        facts["assignee_name"],
        *(_time(facts[name]) for name in ("created_at", "due_at", "follow_up_at", "completed_at")),
        facts["urged_count"],
    )


def _in_locale(facts: Any, name: str) -> str:
    return str((facts[f"{name}_en"] if current_locale() == "en" else "") or facts[name] or "")


def _time(value: datetime | str | None) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{moment.astimezone(door.TIME_ZONE):%Y-%m-%d %H:%M}" if moment else ""
