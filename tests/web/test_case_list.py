"""The list of cases: what each is about, and every stage that cases lie in."""

import re

from engine.commands.set_locale import SetLocale
from engine.commands.start_case import StartCase
from tests.api.conftest import example_files
from tests.city import City
from tests.offered_requests import HILL, example
from tests.training_requests import DIAGRAM, PROCESS, three_requests
from tests.web.conftest import Visit

STAGES = re.compile(r'<select[^>]*name="stage".*?</select>', re.DOTALL)


def _without_stage(city: City) -> None:
    """A version in which the only stage is another one."""
    files = example_files()
    text = files[DIAGRAM].decode()
    assert 'id="handling" name="受理"' in text
    changed = text.replace('id="handling" name="受理"', 'id="work" name="办理"').replace('"handling"', '"work"')
    city.deploy({**files, DIAGRAM: changed.encode()})


def test_a_request_says_what_it_is_about_and_is_found_by_it(visit: Visit, city: City) -> None:
    city.run(StartCase(process="expert_dispatch", answers=example("request.valid"), enterprise=HILL), by="boss2")
    title = str(example("request.valid")["title"])
    for path in ("/cases", f"/cases?q={title[:4]}"):
        page = visit("federation").get(path).text
        assert f'<span class="case-matter" title="{title}">{title}</span>' in page


def test_a_stage_of_an_older_version_can_be_chosen_while_cases_lie_in_it(visit: Visit, city: City) -> None:
    three_requests(city)
    _without_stage(city)
    page = visit("chair").get(f"/cases?process={PROCESS}").text
    (stages,) = STAGES.findall(page)
    assert 'value="work"' in stages
    assert re.search(r'value="handling"[^>]*>受理<', stages)

    found = visit("chair").get(f"/cases?process={PROCESS}&stage=handling").text
    assert found.count('<tr>\n  <td class="cell-clock">') == 3
    city.run(SetLocale(locale="en"), by="chair")
    (stages,) = STAGES.findall(visit("chair").get(f"/cases?process={PROCESS}").text)
    assert not re.search("[一-鿿]", stages)
