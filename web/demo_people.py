"""The people of the demo data, for the buttons on the login page of a training system."""

from dataclasses import dataclass

from flask_babel import gettext as _


@dataclass(frozen=True)
class DemoPerson:
    username: str
    role: str


def demo_people() -> tuple[tuple[str, tuple[DemoPerson, ...]], ...]:
    """Sides with their people, in the order in which a consultation meets them."""
    return (
        (_("永康市星月模具有限公司"), _company("chair", "boss", "hr", "rep1", "rep2", "worker1")),
        (
            _("政府与工会"),
            (
                DemoPerson("guide", _("指导员")),
                DemoPerson("town_union", _("镇街总工会")),
                DemoPerson("union", _("市总工会")),
                DemoPerson("hrss", _("人社审查员")),
                DemoPerson("hrss_leader", _("人社负责人")),
                DemoPerson("federation", _("工商联")),
                DemoPerson("liaison", _("联企干部")),
            ),
        ),
        (_("永康市远山门业有限公司"), _company("chair2", "boss2", "rep2_1")),
        (
            _("专家与系统"),
            (
                DemoPerson("lawyer1", _("律师")),
                DemoPerson("accountant1", _("会计师")),
                DemoPerson("designer", _("流程设计员")),
                DemoPerson("admin", _("系统管理员")),
            ),
        ),
    )


def _company(*usernames: str) -> tuple[DemoPerson, ...]:
    roles = {
        "chair": _("工会主席"),
        "boss": _("企业负责人"),
        "hr": _("企业人事"),
        "rep": _("职工代表"),
        "worker": _("职工"),
    }
    return tuple(
        DemoPerson(username, next(words for start, words in roles.items() if username.startswith(start)))
        for username in usernames
    )
