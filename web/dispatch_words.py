"""Words of the board of those who coordinate the dispatch of experts."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from web.people.expert_words import profession_words

COMPLEXITIES = {"simple": later("简单"), "normal": later("一般"), "complex": later("复杂")}
_CATEGORIES = {
    "health": later("健康"),
    "law": later("法律"),
    "finance": later("财务会计"),
    "tax": later("税务"),
    "appraisal": later("资产评估"),
    "labour": later("用工"),
    "financing": later("融资"),
    "land": later("土地厂房"),
    "policy": later("政策"),
    "other": later("其他"),
}


def category_words(category: str) -> str:
    """A form may have a category that has no word here; it shows its key."""
    return str(_CATEGORIES.get(category, category))


def shown_by(filters: Any) -> str:
    """What the list shows, as its heading."""
    if filters.topic:
        return _("同一主题的诉求")
    if filters.closed:
        words = COMPLEXITIES.get(filters.complexity or "")
        return _("近 90 日办结的诉求（%(how)s）", how=words) if words else _("近 90 日结案的诉求")
    if filters.filed:
        return _("近 90 日提出的诉求")
    if filters.waiting:
        known = "" if filters.waiting == "any" else profession_words(filters.waiting)
        return _("等待%(profession)s答复的诉求", profession=known or _("专家"))
    return {"late": _("逾期的诉求"), "soon": _("三日内到期的诉求")}.get(filters.due or "", _("在办诉求"))
