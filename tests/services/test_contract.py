from decimal import Decimal

import pytest

from services.contract import fingerprint
from tests.services.call import RecordedCall


def of(text: object) -> str:
    return fingerprint(RecordedCall({"text": text}))["sha256"]


def test_the_same_text_has_the_same_fingerprint_whatever_the_order_of_its_parts() -> None:
    assert of({"工资": Decimal("2500.00"), "工时": "8 小时"}) == of({"工时": "8 小时", "工资": Decimal(2500)})


@pytest.mark.parametrize("other", [{"工资": 2501}, {"工资": "2500"}, {"工资 ": 2500}, [2500], None])
def test_another_text_has_another_fingerprint(other: object) -> None:
    assert of(other) != of({"工资": 2500})


def test_it_is_a_sha256() -> None:
    assert of("abc") == "6cc43f858fbb763301637b5af970e2a46b46f461f27e5a0f41e009c59b827b25"
