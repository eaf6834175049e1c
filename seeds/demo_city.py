"""The rest of the city of the demo: enterprises of all towns with their people, and the officials who look after them.

Names, numbers and codes are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.commands.register_people import Enrolment, OrganisationEntry, PersonEntry
from seeds.demo_data import HILL, HILL_TOWN, STAR, STAR_TOWN, staff_name
from seeds.towns import TOWNS

REPS, WORKERS = 12, 6
_FIRST_NAME = 200  # the numbers of names before it are taken; 40 are for officials
_INDUSTRIES = {
    "门业": "金属制品业", "锁业": "金属制品业", "五金工具": "金属制品业", "杯壶": "金属制品业", "炊具": "金属制品业",
    "铝制品": "有色金属冶炼和压延加工业", "金属材料": "废弃资源综合利用业", "电动工具": "通用设备制造业",
    "模具": "专用设备制造业", "园林工具": "专用设备制造业", "衡器": "仪器仪表制造业", "塑业": "橡胶和塑料制品业",
    "健身器材": "文教、工美、体育和娱乐用品制造业", "休闲车": "其他运输设备制造业",
}  # fmt: skip


@dataclass(frozen=True)
class DemoEnterprise:
    """`number` makes the names of its people: boss4, hr4, chair4, rep4_1 …; `negotiates` gives it a union and reps."""

    key: str
    trade: str
    town: str
    number: int
    staff: int
    negotiates: bool = False

    @property
    def name(self) -> str:
        return f"永康市{self.key}{self.trade}有限公司"

    @property
    def boss(self) -> str:
        return f"boss{self.number}"

    def person_name(self, place: int) -> str:
        return staff_name(_FIRST_NAME + self.number * (3 + REPS + WORKERS) + place)


ENTERPRISES = (
    DemoEnterprise("栖霞岭", "门业", "芝英镇", 4, 320, negotiates=True),
    DemoEnterprise("铁砚", "电动工具", "经济开发区", 5, 410, negotiates=True),
    DemoEnterprise("半山云", "杯壶", "象珠镇", 6, 265, negotiates=True),
    DemoEnterprise("铛铛", "炊具", STAR_TOWN, 7, 180, negotiates=True),
    DemoEnterprise("守拙", "锁业", HILL_TOWN, 8, 96, negotiates=True),
    DemoEnterprise("五指岩", "五金工具", "石柱镇", 9, 74, negotiates=True),
    DemoEnterprise("墨方", "模具", "江南街道", 10, 38),
    DemoEnterprise("跃川", "健身器材", "花街镇", 11, 152),
    DemoEnterprise("逐鹿", "休闲车", "龙山镇", 12, 118),
    DemoEnterprise("绿篱", "园林工具", "唐先镇", 13, 205, negotiates=True),
    DemoEnterprise("霜禾", "铝制品", "西溪镇", 14, 143),
    DemoEnterprise("毫厘", "衡器", "西城街道", 15, 61),
    DemoEnterprise("再炼", "金属材料", "前仓镇", 16, 45),
    DemoEnterprise("花川", "塑业", "花街镇", 17, 57),
)
# Whom a story means by a short name: the enterprise, who speaks for it, where it is.
SPOKEN_OF = {
    "星月": (STAR, "boss", STAR_TOWN),
    "远山": (HILL, "boss2", HILL_TOWN),
    **{one.key: (one.name, one.boss, one.town) for one in ENTERPRISES},
}
LIAISONS = {STAR_TOWN: "liaison", HILL_TOWN: "liaison2"} | {
    town: f"liaison{number}" for number, town in enumerate([t for t in TOWNS if t not in (STAR_TOWN, HILL_TOWN)], 3)
}
TOWN_OFFICES = {town: username.replace("liaison", "town_office") for town, username in LIAISONS.items()}
TOWN_UNIONS = {
    town: f"town_union{number}" for number, town in enumerate(("芝英镇", "经济开发区", "象珠镇", "石柱镇", "唐先镇"), 3)
}  # those of the first two towns are of the demo itself


def organisations() -> Iterator[OrganisationEntry]:
    for one in ENTERPRISES:
        yield OrganisationEntry(name=one.name, town=one.town, profile=_profile(one))


def people() -> Iterator[PersonEntry]:
    officials = [
        (username, group, town)
        for group, usernames in (("liaison", LIAISONS), ("town_office", TOWN_OFFICES), ("town_union", TOWN_UNIONS))
        for town, username in usernames.items()
    ]
    for number, (username, group, town) in enumerate(officials):
        yield _official(username, group, town, staff_name(_FIRST_NAME + number))
    for one in ENTERPRISES:
        yield from _staff(one)


def _official(username: str, group: str, town: str, name: str) -> PersonEntry:
    return PersonEntry(username=username, name=name, enrolments=(Enrolment(group=group, town=town),), organisation=town)


def _staff(one: DemoEnterprise) -> Iterator[PersonEntry]:
    posts = [(one.boss, "enterprise_manager"), (f"hr{one.number}", "enterprise_hr")]
    if one.negotiates:
        posts.append((f"chair{one.number}", "enterprise_union_officer"))
        posts += [(f"rep{one.number}_{n}", "congress_rep") for n in range(1, REPS + 1)]
        posts += [(f"worker{one.number}_{n}", "worker") for n in range(1, WORKERS + 1)]
    for place, (username, group) in enumerate(posts):
        enrolment = Enrolment(group=group, enterprise=one.name)
        yield PersonEntry(username=username, name=one.person_name(place), enrolments=(enrolment,))


def _profile(one: DemoEnterprise) -> dict[str, Any]:
    return {
        "address": f"{one.town}{one.key}路 {one.number} 号",
        "industry": _INDUSTRIES[one.trade],
        "ownership": "民营",
        "above_scale": one.staff >= 60,
        "legal_rep": one.person_name(0),
        "union_status": "独立工会" if one.negotiates else "未建会",
        "union_leader": f"chair{one.number}" if one.negotiates else None,
        "staff_total": one.staff,
        "staff_female": one.staff * 2 // 5,
        "staff_disabled": one.staff // 70,
        "staff_dispatched": 0,
        "staff_frontline": one.staff * 3 // 4,
        "payroll_day": 15,
        "contact_name": one.person_name(1),
        "contact_phone": f"138000000{one.number:02}",
    }
