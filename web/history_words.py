"""Words for what the engine calls by code: acts in the history, states of cases, tasks and documents."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from web.cosigning_words import COSIGNING, cosigning_facts
from web.language import day, listed
from web.people_words import role_words

ACTIONS = {
    "ballot_aborted": later("表决作废"),
    "ballot_closed": later("结束投票"),
    "ballot_confirmed": later("监票人确认"),
    "ballot_counted": later("计票完成"),
    "ballot_opened": later("开始投票"),
    "ballot_reminded": later("提醒尚未参加投票的人"),
    "ballot_stopped": later("停止投票"),
    "calendar_feed_closed": later("停用日历订阅地址"),
    "calendar_feed_opened": later("生成日历订阅地址"),
    "calendar_loaded": later("载入工作日历"),
    "case_cancelled": later("终止案件"),
    "case_completed": later("案件办结"),
    "case_migrated": later("案件转到另一版办理"),
    "case_opened_from": later("由前一案件接续发起"),
    "case_opened_next": later("发起后续案件"),
    "case_opened_support": later("请求专家帮助"),
    "case_opened_to_support": later("为另一案件提供帮助"),
    "support_ended": later("专家帮助已结束"),
    "expert_left": later("专家退出"),
    "task_offer_ended": later("邀请终止"),
    "clock_extended": later("期限延长"),
    "case_resumed": later("恢复案件"),
    "case_started": later("发起案件"),
    "case_suspended": later("挂起案件"),
    "clause_added": later("增加条款"),
    "clause_agreed": later("条款达成一致"),
    "clause_consented": later("同意条款文本"),
    "clause_parked": later("搁置条款"),
    "clause_proposed": later("提出条款文本"),
    "clause_reopened": later("重新开放条款"),
    "clause_reopening_asked": later("申请重新协商条款"),
    "clause_reopening_declined": later("不同意重新协商条款"),
    "clause_withdrawn": later("撤回条款文本"),
    "clock_cancelled": later("期限停止计算"),
    "clock_continued": later("期限继续计算"),
    "clock_fired": later("期限届满"),
    "clock_met": later("在期限内完成"),
    "clock_moved": later("期限重新计算"),
    "clock_paused": later("暂停计算期限"),
    "clock_reminded": later("期限提醒"),
    "clock_resumed": later("恢复计算期限"),
    "clock_started": later("开始计算期限"),
    "demand_aborted": later("联名作废"),
    "demand_not_reached": later("联名人数不够"),
    "demand_opened": later("开始征集签名"),
    "demand_reached": later("联名人数已够"),
    "document_attached": later("加入文件"),
    "confirmed_on_the_spot": later("当场确认"),
    "copies_sent": later("抄送"),
    "copy_read": later("阅知抄送"),
    "document_filed": later("文件归档"),
    "document_removed": later("移除文件"),
    "document_settled": later("文件定稿"),
    "document_uploaded": later("上传文件"),
    "effect_recorded": later("记录法律效力"),
    "escalation_not_caught": later("升级无人接收，流程继续"),
    "expert_accepted": later("专家承接"),
    "expert_came_forward": later("专家主动认领"),
    "expert_recused": later("专家回避"),
    "experts_ranked": later("专家排序派单"),
    "follow_up_set": later("跟进日期"),
    "incident_opened": later("自动步骤出错"),
    "incident_resolved": later("异常已解决"),
    "invitation_failed": later("邀请码不符"),
    "job_given_up": later("后台任务多次失败，不再重试"),
    "login_failed": later("登录失败"),
    "mail_address_confirmed": later("确认邮箱"),
    "mail_address_removed": later("删除邮箱"),
    "mail_address_set": later("填写邮箱"),
    "mail_not_sent": later("邮件未送达"),
    "mail_sent_again": later("重新发送邮件"),
    "mail_unsubscribed": later("停止接收邮件"),
    "message_delivered": later("收到消息，流程继续"),
    "message_received": later("收到外部消息"),
    "message_sent": later("发出消息"),
    "migration_cancelled": later("停止案件迁移"),
    "migration_ended": later("案件迁移结束"),
    "migration_paused": later("暂停案件迁移"),
    "migration_rehearsed": later("开始试迁案件"),
    "migration_resumed": later("继续案件迁移"),
    "migration_started": later("开始迁移案件"),
    "negotiation_closed": later("协商文本锁定"),
    "negotiation_opened": later("协商文本开放"),
    "negotiator_entitled": later("授权代表同意条款"),
    "negotiator_unentitled": later("收回同意条款的授权"),
    "note_added": later("写备注"),
    "note_withdrawn": later("撤回备注"),
    "notice_sent": later("发出通知"),
    "online_voting_off": later("停用线上表决"),
    "online_voting_on": later("恢复线上表决"),
    "paper_ballot_given": later("发出纸质表决票"),
    "paper_made": later("生成文书"),
    "paper_totals_differed": later("纸质票清点不一致"),
    "parties_appointed": later("确定参与人"),
    "password_changed": later("更改密码"),
    "password_chosen": later("设置密码"),
    "process_deployed": later("部署流程"),
    "process_draft_approved": later("同意发布流程"),
    "process_draft_discarded": later("放弃流程草稿"),
    "process_draft_not_published": later("场景没有走通，流程没有发布"),
    "process_draft_published": later("发布流程草稿"),
    "process_draft_returned": later("退回流程草稿"),
    "process_draft_saved": later("保存流程草稿"),
    "process_draft_started": later("开始流程草稿"),
    "process_draft_submitted": later("流程草稿送审"),
    "process_moved": later("流程推进"),
    "refused": later("操作被拒绝"),
    "scenarios_kept": later("场景随版本保存"),
    "signal_received": later("收到信号，流程继续"),
    "signal_sent": later("发出信号"),
    "signed_in": later("登录"),
    "signed_out": later("退出登录"),
    "stage_entered": later("进入阶段"),
    "survey_aborted": later("征集作废"),
    "survey_counted": later("答卷汇总"),
    "survey_extended": later("延长征集"),
    "survey_opened": later("开始匿名征集意见"),
    "survey_reminded": later("提醒尚未填写的人"),
    "cosign_ended": later("加签结束"),
    "cosign_opened": later("送达加签"),
    "cosigner_removed": later("减签"),
    "cosigners_asked": later("请人加签"),
    "hand_in_taken_back": later("收回送签"),
    "task_assigned": later("指派任务"),
    "task_brought_back": later("交回修改"),
    "task_cancelled": later("任务取消"),
    "task_claimed": later("领取任务"),
    "task_completed": later("办结任务"),
    "task_delegated": later("委派他人代拟"),
    "task_handed_back": later("交回委派人"),
    "task_handed_in": later("提交送签"),
    "task_opened": later("产生任务"),
    "task_put_back": later("代理结束，待办退回原处"),
    "task_recalled": later("撤回提交"),
    "batch_started": later("开始批量办理"),
    "batch_ended": later("批量办理结束"),
    "batch_cancelled": later("停止批量办理"),
    "task_released": later("放回待领取"),
    "task_offered": later("推荐人选"),
    "task_declined": later("谢绝"),
    "task_returned": later("退回至"),
    "task_signed": later("签署加签意见"),
    "task_taken_back": later("收回委派"),
    "task_transferred": later("转办任务"),
    "spot_code_shown": later("出示当场确认码"),
    "task_urged": later("催办任务"),
    "template_replaced": later("更换文书模板"),
}
_CASE_STATUS = {
    "running": later("办理中"),
    "suspended": later("已挂起"),
    "completed": later("已办结"),
    "cancelled": later("已终止"),
}
_TASK_STATE = {
    "open": later("待领取"),
    "claimed": later("办理中"),
    "completed": later("已办结"),
    "cancelled": later("已取消"),
}
_DOCUMENT_STATUS = {
    "draft": later("草稿"),
    "working": later("工作稿"),
    "uploaded": later("已上传"),
    "filed": later("已归档"),
    "final": later("定稿"),
    "removed": later("已移除"),
}


# The same acts, where nobody had to do anything: somebody may, and then does.
_INITIATIVES = {
    "task_opened": later("可以发起"),
    "task_completed": later("发起"),
    "task_cancelled": later("不能再发起"),
}


def action_words(row: Any) -> str:
    """What was done, as a reader of the case says it."""
    if row.is_initiative and row.action in _INITIATIVES:
        return str(_INITIATIVES[row.action])
    if row.action == "case_migrated":
        return _("案件由第%(before)s版转到第%(after)s版办理", before=row.details["from"], after=row.details["to"])
    return str(ACTIONS.get(row.action, row.action))


def action_facts(row: Any) -> str:
    """The one fact of an entry that a reader wants to see beside it."""
    details = row.details
    if row.action == "parties_appointed":
        return _(
            "%(role)s %(count)s 人", role=role_words(details.get("role", "")), count=len(details.get("people", ()))
        )
    if details.get("assignee"):
        return str(row.names.get(details["assignee"], details["assignee"]))
    if details.get("taken_over"):
        return _("接办")
    if row.action == "task_urged":
        return _("第 %(time)s 次", time=details["time"])
    if row.action in _OF_ITS_OWN:
        return _OF_ITS_OWN[row.action](row)
    if row.action == "copies_sent":
        return listed(row.names.get(person, person) for person in details["people"])
    if row.action == "follow_up_set":
        return day(details["on"]) if details.get("on") else _("已取消")
    if row.action == "process_moved":
        return ""
    if row.action.startswith("clock_"):
        return _clock_facts(details)
    known = ("code", "name", "case", "effect", "head")
    return str(next((details[name] for name in known if details.get(name)), ""))


def _spot_facts(row: Any) -> str:
    """Who showed the code, and where it was, if that was told."""
    shown_by, place = row.details["shown_by"], row.details.get("place")
    told = [_("由 %(person)s 出示确认码", person=row.names.get(shown_by, shown_by))]
    if place:
        told.append(_("位置 %(latitude)s, %(longitude)s（±%(accuracy_m)s 米）", **place))
    return listed(told)


def _clock_facts(details: Mapping[str, Any]) -> str:
    """Until when it runs, or how long it stands still."""
    if details.get("until"):
        return _("暂停至 %(day)s", day=day(details["until"]))
    return _("截止 %(day)s", day=day(details["due_on"])) if details.get("due_on") else ""


_OF_ITS_OWN = {**dict.fromkeys(COSIGNING, cosigning_facts), "confirmed_on_the_spot": _spot_facts}


def case_status(status: str) -> str:
    return str(_CASE_STATUS.get(status, status))


def task_state(state: str) -> str:
    return str(_TASK_STATE.get(state, state))


def document_status(status: str) -> str:
    return str(_DOCUMENT_STATUS.get(status, status))
