"""Words for how others sign a task: when they are asked, what became of it, what somebody is told."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from web.language import listed

COSIGNING = frozenset({"cosigners_asked", "cosign_opened", "cosigner_removed", "cosign_ended", "task_signed"})
MODES = {
    "before": later("前加签"),
    "parallel": later("并加签"),
    "after": later("后加签"),
}
MODE_HELP = {
    "before": later("先听对方意见：全部签署之前，办理人不填写也不提交。"),
    "parallel": later("同时进行：办理人可以继续填写，全部签署后才能提交。"),
    "after": later("提交之后送签：全部同意才办结；有人不同意的，交回办理人修改后重新送签。"),
}
STATES = {
    "planned": later("提交后送签"),
    "asked": later("等待签署"),
    "removed": later("已减签"),
    "closed": later("已结束"),
}
VERDICTS = {"agree": later("同意"), "disagree": later("不同意")}
CAUSES = {
    "step_ended": later("这一步已经结束"),
    "case_ended": later("案件已经终止"),
    "signer_left": later("加签人已离开"),
    "signer_has_it": later("任务已由本人办理"),
    "brought_back": later("内容要修改，之后重新送签"),
}


def mode_words(mode: str) -> str:
    return str(MODES.get(mode, mode))


def state_words(row: Any) -> str:
    """What became of a request; the verdict only for those who may know it."""
    if row.state != "signed":
        return str(STATES[row.state])
    return str(VERDICTS[row.verdict]) if row.verdict else _("已签署")


def cause_words(reason: str | None) -> str:
    """Why somebody need not sign any more: a person's words, or what the system says by code."""
    return str(CAUSES.get(reason or "", reason or ""))


def cosigning_facts(row: Any) -> str:
    """Beside an entry of the history: who signs, and when; or why it is over."""
    details, mode = row.details, mode_words(row.details.get("mode", ""))
    if row.action == "task_signed":
        return mode
    people = details.get("people") or [details["signer"]]
    named = listed(row.names.get(person, person) for person in people)
    more = cause_words(details["cause"]) if details.get("cause") else mode
    return _("%(people)s（%(more)s）", people=named, more=more)


def cosigning_sentences(facts: Mapping[str, Any]) -> dict[str, str]:
    """By kind of notice."""
    told = {"task": facts["task"], "by": facts["by"]}
    why = facts["note"] or cause_words(facts["cause"])
    return {
        "cosign_asked": _("%(by)s 请您为“%(task)s”加签。%(note)s", note=facts["note"], **told),
        "cosign_answered": _("%(by)s 已为“%(task)s”签署加签意见。", **told),
        "cosign_ended": _("“%(task)s”不用您加签了：%(why)s。", task=facts["task"], why=why),
        "cosign_brought_back": _("“%(task)s”送签后交回，请您按意见修改，再次提交。", task=facts["task"]),
        "cosign_completed": _("“%(task)s”已全部同意，办结。", task=facts["task"]),
        "cosigner_left": _("%(by)s 已离开，“%(task)s”的加签退回给您，可以另请他人。", **told),
    }
