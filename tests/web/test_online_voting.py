"""The page on which the union switches online voting off: found, refused without a reason, on record."""

import re

from tests.city import STAR
from tests.web.conftest import Visit


def test_an_official_switches_it_off_and_sees_it_on_record(visit: Visit) -> None:
    official = visit("town_union")
    listed = official.get("/online-voting").text
    found = re.search(rf'href="(/online-voting/[0-9a-f]+)">{STAR}<', listed)
    assert found is not None
    assert 'href="/online-voting"' in official.get("/tasks").text

    official.get(found[1])
    bare = official.post(found[1], {"is_off": "1", "reason": " "})
    assert bare.status_code == 422
    assert "请写明理由" in bare.text
    done = official.post(found[1], {"is_off": "1", "reason": "收到职工反映，有人代投"})

    assert done.location == found[1]
    page = official.get(found[1]).text
    assert "恢复线上表决" in page
    assert "收到职工反映，有人代投" in page
    assert STAR in official.get("/online-voting?state=off").text
    assert STAR not in official.get("/online-voting?state=on").text


def test_it_is_not_for_others(visit: Visit) -> None:
    assert visit("chair").get("/online-voting").status_code == 403
    assert 'href="/online-voting"' not in visit("chair").get("/tasks").text
    assert visit("town_union2").get("/online-voting/x").status_code == 404
