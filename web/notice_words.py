"""What a notice says, in one sentence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from web.cosigning_words import cosigning_sentences
from web.language import current_locale, day, moment
from web.people_words import role_words
from web.roster_words import roster_words

_NOTHING_SAID = {
    **dict.fromkeys(("task", "clock", "clock_en", "element", "person", "ballot"), ""),
    **dict.fromkeys(("by", "note", "text", "for", "cause"), ""),
    **dict.fromkeys(("due", "closes_at")),
}


def _gatherings(facts: Mapping[str, Any]) -> dict[str, str]:
    """Votes, surveys and demands."""
    closes = moment(datetime.fromisoformat(facts["closes_at"])) if facts["closes_at"] else ""
    return {
        "ballot_opened": _("“%(ballot)s”开始投票，%(closes)s 截止，请您参加。", ballot=facts["ballot"], closes=closes),
        "ballot_reminder": _("“%(ballot)s”将于 %(closes)s 截止，您还没有领票。", ballot=facts["ballot"], closes=closes),
        "survey_opened": _(
            "“%(ballot)s”匿名征集意见，%(closes)s 截止，请您填写。", ballot=facts["ballot"], closes=closes
        ),
        "survey_reminder": _("“%(ballot)s”将于 %(closes)s 截止，您还没有填写。", ballot=facts["ballot"], closes=closes),
        "demand_opened": _(
            "“%(ballot)s”正在征集职工签名，%(closes)s 截止，是否签名由您决定。", ballot=facts["ballot"], closes=closes
        ),
        "ballot_to_watch": _(
            "您是“%(ballot)s”的监票人，投票于 %(closes)s 截止。", ballot=facts["ballot"], closes=closes
        ),
        "ballot_to_close": _("“%(ballot)s”已停止投票，请两名监票人各自登录确认关闭。", ballot=facts["ballot"]),
    }


def _standing_in(facts: Mapping[str, Any]) -> dict[str, str]:
    days = {"first": day(facts.get("starts_on")), "last": day(facts.get("ends_on"))}
    said = {"person": facts.get("stand_in", ""), "away": facts.get("away", ""), **days}
    return {
        "stand_in_named": _("%(person)s 代理 %(away)s，%(first)s 至 %(last)s。", **said),
        "stand_in_ended": _("%(person)s 不再代理 %(away)s（原定 %(first)s 至 %(last)s）。", **said),
    }


def _back(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in ("by", "task", "note")}


def _ending(facts: Mapping[str, Any]) -> str:
    """Which of the two ends soon, or both."""
    days = {"licence": day(facts.get("licence_until")), "term": day(facts.get("term_to"))}
    named = {"person": facts["person"], **days}
    if "licence_until" in facts and "term_to" in facts:
        return _("%(person)s 的执业证书有效期至 %(licence)s，聘期至 %(term)s，到期后不再派单。", **named)
    if "term_to" in facts:
        return _("%(person)s 的特派指导员聘期至 %(term)s，到期后不再派单。", **named)
    return _("%(person)s 的执业证书有效期至 %(licence)s，到期后不再派单。", **named)


def _drafts(facts: Mapping[str, Any]) -> dict[str, str]:
    named = {"process": facts.get("process", ""), "by": facts["by"], "note": facts["note"]}
    failed, version = facts.get("failed", 0), facts.get("version", "")
    return {
        "draft_submitted": _("%(by)s 送审“%(process)s”的修改，请由另一位设计人员审核发布。%(note)s", **named),
        "draft_returned": _("%(by)s 退回“%(process)s”的草稿。%(note)s", **named),
        "draft_published": _("“%(process)s”第 %(version)s 版已发布。", **named, version=version),
        "draft_not_published": _("“%(process)s”的草稿没有发布：%(count)s 个场景没有走通。", **named, count=failed)
        if failed
        else _("“%(process)s”的草稿没有发布：检查没有通过。", **named),
    }


def notice_words(notice: Any) -> str:
    """One sentence from the kind of the notice and its facts; a free text is shown as it is."""
    facts = {**_NOTHING_SAID, **notice.params}
    if current_locale() == "en":
        facts |= {name: facts[f"{name}_en"] for name in ("task", "clock") if facts.get(f"{name}_en")}
    sentences = {
        "task_opened": _("“%(task)s”等待您办理。", task=facts["task"]),
        "task_assigned": _("“%(task)s”已指派给您。", task=facts["task"]),
        "task_handed_back": _("“%(task)s”已由 %(by)s 填好交回，请核对提交。", task=facts["task"], by=facts["by"]),
        "task_urged": _("%(by)s 催办“%(task)s”。%(note)s", task=facts["task"], by=facts["by"], note=facts["note"]),
        "task_returned": _("%(by)s 退回“%(task)s”，请您重新办理。%(note)s", **_back(facts)),
        "task_withdrawn": _("%(by)s 将案件退回至“%(task)s”，您经手的步骤受到影响。%(note)s", **_back(facts)),
        **cosigning_sentences(facts),
        "copy_received": _("%(by)s 抄送给您阅知。%(note)s", by=facts["by"], note=facts["note"]),
        "clock_reminder": _("期限“%(clock)s”将于 %(due)s 届满。", clock=facts["clock"], due=day(facts["due"])),
        "clock_fired": _("期限“%(clock)s”已于 %(due)s 届满。", clock=facts["clock"], due=day(facts["due"])),
        "mentioned": _("%(person)s 在备注中提到了您。", person=facts["person"]),
        **_gatherings(facts),
        "party_left": _(
            "%(role)s %(name)s 已离开，请补选。",
            role=role_words(facts.get("role", "")),
            name=facts.get("name", ""),
        ),
        **_standing_in(facts),
        "clause_news": _("对方在“协商文本”中有新的意见。"),
        "expert_ending": _ending(facts),
        **_drafts(facts),
        "incident": _("自动步骤“%(step)s”没有成功，请查明原因后重试。", step=facts["element"]),
    }
    if notice.kind == "roster_ended":
        return roster_words(facts)
    said = str(facts["text"] or sentences.get(notice.kind, notice.kind))
    return _("【代%(person)s】%(said)s", person=facts["for"], said=said) if facts["for"] else said
