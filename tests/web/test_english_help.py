"""English pages: the help beside a form is English, wherever people meet it."""

import re

import pytest

from engine.commands.set_locale import SetLocale
from engine.commands.start_case import StartCase
from engine.definitions.bundle import Bundle
from engine.definitions.catalogue_sources import bundle_files
from seeds.seeding import PROCESSES
from tests.city import City
from tests.journeys.form_filler import example
from tests.web.conftest import Visit

KEYS = sorted(path.parent.name for path in PROCESSES.glob("*/README.md"))
HELP = re.compile(r'<div class="(?:instructions|lead|hint)">(.*?)</div>', re.DOTALL)
CHINESE = re.compile(r"[一-鿿]")


def test_help_is_english_on_english_pages_and_chinese_on_the_others(visit: Visit, city: City) -> None:
    case_id = city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")
    task = city.task_at(case_id, "reply_by_enterprise")
    pages = (f"/tasks/{task.id}", "/processes/wage_consultation", "/cases/new/expert_dispatch")
    for path in pages:
        assert CHINESE.search("".join(HELP.findall(visit("boss").get(path).text))), path

    city.run(SetLocale(locale="en"), by="boss")
    for path in pages:
        shown = HELP.findall(visit("boss").get(path).text)
        assert shown, path
        assert not CHINESE.search("".join(shown)), path


@pytest.mark.parametrize("process", KEYS)
def test_every_process_has_help_in_english(process: str) -> None:
    bundle = Bundle.load(bundle_files(PROCESSES / process))
    processes = [bundle.process, *bundle.process.called.values()]
    for one in processes:
        assert one.documentation_en
        assert not CHINESE.search(one.documentation_en)
