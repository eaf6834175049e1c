"""The people of the demo data, for the buttons on the login page of a training system."""

from flask_babel import gettext as _

from web.people_words import role_words

Member = tuple[str, str]
"""User name and role in words."""

_COMPANY = (("chair", "enterprise_union_officer"), ("boss", "enterprise_manager"), ("hr", "enterprise_hr"))
_OFFICES = (
    ("guide", "bargaining_guide"),
    ("town_union", "town_union"),
    ("union", "city_union"),
    ("hrss", "hrss_reviewer"),
    ("hrss_leader", "hrss_leader"),
    ("federation", "federation"),
    ("liaison", "liaison"),
    ("town_union2", "town_union"),
    ("liaison2", "liaison"),
)
_STAFF = (("rep1", "congress_rep"), ("rep2", "congress_rep"), ("worker1", "worker"))
_OTHERS = (
    ("lawyer1", "expert_lawyer"),
    ("accountant1", "expert_accountant"),
    ("designer", "process_designer"),
    ("designer2", "process_designer"),
    ("admin", "system_admin"),
    ("security", "security_admin"),
    ("auditor", "audit_admin"),
)
_OTHER_COMPANY = (
    ("chair2", "enterprise_union_officer"),
    ("boss2", "enterprise_manager"),
    ("hr2", "enterprise_hr"),
    ("rep2_1", "congress_rep"),
)


def demo_people() -> tuple[tuple[str, tuple[Member, ...]], ...]:
    """Sides with their people, in the order in which a consultation meets them."""
    sides = (
        (_("永康市星月模具有限公司"), _COMPANY + _STAFF),
        (_("政府与工会"), _OFFICES),
        (_("永康市远山门业有限公司"), _OTHER_COMPANY),
        (_("专家与系统"), _OTHERS),
    )
    return tuple((side, tuple((username, role_words(group)) for username, group in people)) for side, people in sides)
