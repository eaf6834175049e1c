"""The people, enterprises and towns of the demo: two enterprises that must stay apart, a small one without a union,
and the offices of one city.

Names, numbers and codes are invented.
"""

from collections.abc import Iterator

from engine.commands.register_people import Enrolment, OrganisationEntry, PersonEntry
from seeds.towns import town_entries

PASSWORD = "demo"  # noqa: S105 # demo mode only
STAR, HILL = "永康市星月模具有限公司", "永康市远山门业有限公司"
COPPER = "永康市小铜匠五金制品厂"
STAR_TOWN, HILL_TOWN = "古山镇", "东城街道"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_FIRST_GIVEN = "建国丽华志强秀英海燕文杰晓东国庆美玲永福春梅立新红霞明亮桂兰金宝雪琴卫东玉珍俊峰"
_MORE_GIVEN = "爱民小芳大勇月娥家豪素云德胜巧珍振华银花新民彩虹学军凤仙向阳水英忠良惠芳少波根林"
GIVEN_NAMES = [(_FIRST_GIVEN + _MORE_GIVEN)[start : start + 2] for start in range(0, 80, 2)]

UNION, LABOUR, FEDERATION = "永康市总工会", "永康市人力资源和社会保障局", "永康市工商业联合会"
OFFICES = (
    ("admin", "陈立", "system_admin", None, UNION),
    ("security", "卢守正", "security_admin", None, UNION),
    ("auditor", "金鉴清", "audit_admin", None, UNION),
    ("designer", "林图", "process_designer", None, UNION),
    ("designer2", "程绘", "process_designer", None, UNION),
    ("union", "胡志明", "city_union", None, UNION),
    ("town_union", "吕秋菊", "town_union", STAR_TOWN, STAR_TOWN),
    ("town_union2", "应国平", "town_union", HILL_TOWN, HILL_TOWN),
    ("guide", "徐明德", "bargaining_guide", None, UNION),
    ("hrss", "周慧敏", "hrss_reviewer", None, LABOUR),
    ("hrss_leader", "方正", "hrss_leader", None, LABOUR),
    ("federation", "施伟民", "federation", None, FEDERATION),
    ("liaison", "楼晓峰", "liaison", STAR_TOWN, STAR_TOWN),
    ("liaison2", "应晓岚", "liaison", HILL_TOWN, HILL_TOWN),
)
EXPERTS = (
    ("lawyer1", "章律之", "expert_lawyer"),
    ("lawyer2", "俞敏法", "expert_lawyer"),
    ("lawyer3", "程守正", "expert_lawyer"),
    ("accountant1", "钱算清", "expert_accountant"),
    ("accountant2", "金如实", "expert_accountant"),
    ("tax1", "池税明", "expert_tax"),
    ("tax2", "舒惠企", "expert_tax"),
    ("appraiser1", "颜公允", "expert_appraiser"),
    ("appraiser2", "卢知价", "expert_appraiser"),
    ("doctor1", "叶长青", "expert_physician"),
    ("doctor2", "夏安康", "expert_physician"),
)


def organisations() -> tuple[OrganisationEntry, ...]:
    return (
        *town_entries(),
        *(OrganisationEntry(kind="office", name=name) for name in (UNION, LABOUR, FEDERATION)),
        OrganisationEntry(
            name=STAR,
            uscc="91330784MA2DEMX01T",
            town=STAR_TOWN,
            profile=_profile(
                address="古山镇工业功能区星月路 18 号",
                industry="专用设备制造业",
                legal_rep="胡建华",
                union_leader="chair",
                staff=(210, 88, 3, 12, 165),
                contact=("吴晓芸", "13800000001"),
            ),
        ),
        OrganisationEntry(
            name=HILL,
            uscc="91330784MA2DEMY02K",
            town=HILL_TOWN,
            profile=_profile(
                address="东城街道远山路 6 号",
                industry="金属制品业",
                legal_rep="程远山",
                union_leader="chair2",
                staff=(126, 40, 2, 0, 98),
                contact=("程远山", "13800000002"),
            ),
        ),
        _small_enterprise(),
    )


def _small_enterprise() -> OrganisationEntry:
    """Twelve people, no union: the way on which an upper union guides them."""
    return OrganisationEntry(
        name=COPPER,
        uscc="92330784MA2DEMW038",
        town=STAR_TOWN,
        profile=_profile(
            address="古山镇前山路 3 号",
            industry="金属制品业",
            legal_rep="应小铜",
            union_leader=None,
            staff=(12, 5, 0, 0, 9),
            contact=("应巧云", "13800000003"),
        )
        | {"above_scale": False, "union_status": "未建会"},
    )


def people() -> Iterator[PersonEntry]:
    for username, name, group, town, office in OFFICES:
        yield PersonEntry(
            username=username, name=name, enrolments=(Enrolment(group=group, town=town),), organisation=office
        )
    for username, name, group in EXPERTS:
        yield _person(username, name, Enrolment(group=group))
    yield from _staff(
        STAR,
        leaders=(
            ("boss", "胡建华", "enterprise_manager"),
            ("hr", "吴晓芸", "enterprise_hr"),
            ("chair", "李卫国", _CHAIR),
        ),
        ranks=(("rep", 40, "congress_rep", 0), ("worker", 60, "worker", 40)),
    )
    yield from _staff(
        HILL,
        leaders=(
            ("boss2", "程远山", "enterprise_manager"),
            ("hr2", "应巧慧", "enterprise_hr"),
            ("chair2", "王守业", _CHAIR),
        ),
        ranks=(("rep2_", 30, "congress_rep", 110),),
    )
    yield from _staff(
        COPPER,
        leaders=(("boss3", "应小铜", "enterprise_manager"), ("hr3", "应巧云", "enterprise_hr")),
        ranks=(("worker3_", 12, "worker", 150),),
    )


_CHAIR = "enterprise_union_officer"


def _staff(
    enterprise: str, *, leaders: tuple[tuple[str, str, str], ...], ranks: tuple[tuple[str, int, str, int], ...]
) -> Iterator[PersonEntry]:
    for username, name, group in leaders:
        yield _person(username, name, Enrolment(group=group, enterprise=enterprise))
    for prefix, count, group, first in ranks:
        for number in range(1, count + 1):
            name = _name(first + number)
            yield _person(f"{prefix}{number}", name, Enrolment(group=group, enterprise=enterprise))


def _name(number: int) -> str:
    """A name that no other number has; 40 surnames and 40 given names, shifted once a round."""
    surname = number % len(SURNAMES)
    given = (number * 7 + number // len(SURNAMES)) % len(GIVEN_NAMES)
    return SURNAMES[surname] + GIVEN_NAMES[given]


def _person(username: str, name: str, *enrolments: Enrolment) -> PersonEntry:
    return PersonEntry(username=username, name=name, enrolments=enrolments)


def _profile(
    *,
    address: str,
    industry: str,
    legal_rep: str,
    union_leader: str | None,
    staff: tuple[int, int, int, int, int],
    contact: tuple[str, str],
) -> dict[str, object]:
    """The enterprise file (企业档案). `staff` is total, women, disabled, dispatched, front line."""
    total, female, disabled, dispatched, frontline = staff
    return {
        "address": address,
        "industry": industry,
        "ownership": "民营",
        "above_scale": True,
        "legal_rep": legal_rep,
        "union_status": "独立工会",
        "union_leader": union_leader,
        "staff_total": total,
        "staff_female": female,
        "staff_disabled": disabled,
        "staff_dispatched": dispatched,
        "staff_frontline": frontline,
        "payroll_day": 15,
        "contact_name": contact[0],
        "contact_phone": contact[1],
    }
