"""What a kind of notice is called, on the page of wishes and in mails."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from web.language import moment

KIND_NAMES = {
    "task_opened": later("轮到您办理"),
    "task_assigned": later("任务指派给您"),
    "task_urged": later("有人催办"),
    "task_handed_back": later("委派的任务已交回"),
    "task_returned": later("退回给您重新办理"),
    "task_withdrawn": later("您经手的步骤被退回"),
    "cosign_asked": later("请您加签"),
    "cosign_ended": later("不用您加签了"),
    "cosign_answered": later("加签人已签署"),
    "cosign_brought_back": later("送签后交回修改"),
    "cosign_completed": later("送签办结"),
    "cosigner_left": later("加签人离开"),
    "clock_reminder": later("期限临近"),
    "clock_fired": later("期限届满"),
    "process_notice": later("流程正式通知"),
    "copy_received": later("抄送给您"),
    "mentioned": later("备注中提到您"),
    "clause_news": later("协商文本有新意见"),
    "ballot_opened": later("投票开始"),
    "ballot_reminder": later("投票即将截止"),
    "ballot_to_watch": later("担任监票人"),
    "ballot_to_close": later("投票待关闭"),
    "survey_opened": later("匿名征集开始"),
    "survey_reminder": later("匿名征集即将截止"),
    "demand_opened": later("职工联名开始征集签名"),
    "party_left": later("当事人离开，需补选"),
    "stand_in_named": later("安排了代理"),
    "stand_in_ended": later("代理终止"),
    "incident": later("自动步骤出错"),
    "roster_ended": later("花名册导入结束"),
    "expert_ending": later("专家证书或聘期将到期"),
    "draft_submitted": later("流程草稿等待您审核"),
    "draft_returned": later("流程草稿被退回"),
    "draft_published": later("流程新版本已发布"),
    "draft_not_published": later("流程草稿未能发布"),
}
WAY_NAMES = {
    "by_clock": later("按期限：紧急即发，其余每日汇总"),
    "at_once": later("立即发送"),
    "digest": later("每日汇总"),
    "off": later("不发邮件"),
}
DROPPED_NAMES = {
    "read": later("已在本系统阅读，未再发邮件"),
    "over": later("事项已办或不再相关，未发邮件"),
    "left": later("人员已离开，未发邮件"),
    "no_address": later("没有可用的邮箱，未发邮件"),
}
MAIL_STATES = {
    "waiting": later("等待发送"),
    "sent": later("邮件已发出"),
    "refused": later("被邮件服务器拒收"),
    "failed": later("多次发送未成功"),
    "dropped": later("未发送"),
}


def kind_name(kind: str) -> str:
    return str(KIND_NAMES.get(kind, kind))


def mail_words(row: Any) -> str:
    """What became of a notice by mail, with the time of it."""
    if row.mail == "due":
        return _("邮件将于 %(time)s 发出", time=moment(row.mail_at))
    if row.mail in DROPPED_NAMES:
        return str(DROPPED_NAMES[row.mail])
    words = str(MAIL_STATES.get(row.mail, ""))
    return f"{words} {moment(row.mail_at)}" if row.mail == "sent" else words
