"""The register of experts of the demo. Offices, numbers of licences and fields are invented; days count from today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from seeds.demo_data import HILL_TOWN, STAR_TOWN

_TERM = timedelta(days=3 * 365)
LAW, LEDGER, TAX, VALUE, HEALTH = (
    "浙江丽州律师事务所",
    "永康方岩会计师事务所",
    "永康华溪税务师事务所",
    "浙江五金资产评估有限公司",
    "永康市职业病防治院",
)


@dataclass(frozen=True)
class DemoExpert:
    """`lasts` is for how many days from today the licence is good; the term began `served` days ago."""

    username: str
    profession: str
    employer: str
    licence_no: str
    fields: str
    towns: tuple[str, ...] = ()
    max_open: int = 3
    lasts: int = 700
    served: int = 200

    def answers(self, today: date) -> dict[str, Any]:
        """Of the form of an expert."""
        begun = today - timedelta(days=self.served)
        return {
            "person": self.username,
            "profession": self.profession,
            "employer": self.employer,
            "licence_no": self.licence_no,
            "licence_until": (today + timedelta(days=self.lasts)).isoformat(),
            "fields": self.fields,
            "towns": list(self.towns),
            "max_open": self.max_open,
            "term_from": begun.isoformat(),
            "term_to": (begun + _TERM).isoformat(),
        }


EXPERTS = (
    DemoExpert("lawyer1", "lawyer", LAW, "1330799901000001", "劳动争议、合同纠纷、集体协商", (STAR_TOWN,), max_open=4),
    DemoExpert("lawyer2", "lawyer", LAW, "1330799901000002", "合同纠纷、知识产权、涉外贸易"),
    DemoExpert("lawyer3", "lawyer", "浙江紫微律师事务所", "1330799901000003", "公司治理、融资担保", lasts=34),
    DemoExpert("accountant1", "accountant", LEDGER, "3300999900000001", "财务规范、成本核算", (STAR_TOWN, HILL_TOWN)),
    DemoExpert("accountant2", "accountant", LEDGER, "3300999900000002", "内部控制、上市辅导", max_open=2),
    DemoExpert("tax1", "tax_adviser", TAX, "3307999900000001", "税收优惠、研发加计扣除", max_open=5),
    DemoExpert("tax2", "tax_adviser", TAX, "3307999900000002", "税收优惠、出口退税", (HILL_TOWN,)),
    DemoExpert("appraiser1", "appraiser", VALUE, "3399000000000001", "设备评估、股权转让"),
    DemoExpert("appraiser2", "appraiser", VALUE, "3399000000000002", "不动产评估、抵押融资", (STAR_TOWN,), max_open=2),
    DemoExpert("doctor1", "physician", HEALTH, "1103307000000001", "职业健康、噪声与粉尘防护", max_open=4),
    DemoExpert("doctor2", "physician", "永康市第一人民医院", "1103307000000002", "健康讲座、心理疏导", (HILL_TOWN,)),
)
ABSENT = "lawyer2"


def absence(today: date) -> dict[str, str]:
    """One of them is on a journey for a week from today."""
    return {"absent_from": today.isoformat(), "absent_until": (today + timedelta(days=6)).isoformat()}


def demo_experts(today: date) -> Iterator[dict[str, Any]]:
    for expert in EXPERTS:
        yield expert.answers(today)
