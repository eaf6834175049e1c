"""The towns and streets of Yongkang, as cases and officials are filed under them."""

from engine.commands.register_people import OrganisationEntry

TOWNS = (
    "东城街道", "西城街道", "江南街道", "石柱镇", "前仓镇", "舟山镇", "古山镇", "方岩镇", "龙山镇", "西溪镇", "象珠镇",
    "唐先镇", "花街镇", "芝英镇", "经济开发区",
)  # fmt: skip


def town_entries() -> tuple[OrganisationEntry, ...]:
    return tuple(OrganisationEntry(kind="town", name=name) for name in TOWNS)
