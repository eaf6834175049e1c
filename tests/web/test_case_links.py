"""A case that goes on where another ended says so, both ways round."""

import pytest

from engine.model import CaseLink
from tests.city import City
from tests.rounds import a_round
from tests.web.conftest import Visit


@pytest.fixture
def pair(city: City) -> tuple[str, str]:
    """The old case and the one that continues it."""
    old, new = a_round(city), a_round(city)
    with city.session() as session, session.begin():
        session.add(CaseLink(from_case_id=old, to_case_id=new, kind="next", created_at=city.engine.now()))
    return old, new


def test_each_leads_to_the_other(visit: Visit, pair: tuple[str, str]) -> None:
    old, new = pair
    chair = visit("chair")

    assert f'href="/cases/{new}"' in chair.get(f"/cases/{old}").text
    assert "下一次协商" in chair.get(f"/cases/{old}").text
    assert f'href="/cases/{old}"' in chair.get(f"/cases/{new}").text
    assert "续订自" in chair.get(f"/cases/{new}").text


def test_a_case_alone_has_no_such_line(visit: Visit, city: City) -> None:
    page = visit("chair").get(f"/cases/{a_round(city)}").text

    assert "续订自" not in page
    assert "下一次协商" not in page
