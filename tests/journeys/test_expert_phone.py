"""An expert on the phone: takes an offer, records a visit, while the network comes and goes; nothing counts twice."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from engine.model import Answer, Case, Document
from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import fill_form
from tests.journeys.looking import PHONE, look_at
from tests.offered_requests import example, offered_request, register_demo_experts, visit_agreed

TOMORROW = "2026-03-03T10:00:00+08:00"


@pytest.fixture(autouse=True)
def experts(city: City) -> None:
    register_demo_experts(city)


@pytest.fixture
def phone(enter: Enter) -> Page:
    return enter("lawyer1", width=PHONE[0], height=PHONE[1])


def _photo(folder: Path) -> Path:
    """A large picture with a position in it, as cameras write them."""
    exif = Image.Exif()
    exif[0x010E] = "written by the camera"
    exif.get_ifd(0x8825)[1] = "N"
    path = folder / "door.jpg"
    Image.linear_gradient("L").resize((2600, 1900)).convert("RGB").save(path, "JPEG", exif=exif)
    return path


def _declare(page: Page) -> None:
    fill_form(page, example("conflict_declaration.valid"))


def test_takes_an_offer_and_declares(phone: Page, city: City) -> None:
    case_id = offered_request(city)
    look_at(phone, "/expert")
    phone.get_by_role("button", name="承接").click()
    expect(phone.locator(".flash")).to_contain_text("请先作利益冲突声明")
    _declare(phone)
    phone.locator("#do-submit").click()
    expect(phone.locator("main h1")).to_contain_text("首次联系")
    phone.goto("/expert")
    expect(phone.locator("#cases")).to_contain_text("首次联系")
    assert len(city.rows(Answer, Answer.case_id == case_id, Answer.element_id == "answer_offer")) == 1


def test_an_answer_waits_for_the_network_and_is_handed_in_once(phone: Page, city: City) -> None:
    case_id = offered_request(city)
    phone.goto("/expert")
    phone.get_by_role("button", name="承接").click()
    _declare(phone)

    phone.context.set_offline(True)
    phone.locator("#do-submit").click()
    expect(phone.locator(".form-unsent")).to_contain_text("没有网络，已保存在本机")
    assert city.rows(Answer, Answer.element_id == "answer_offer") == []
    phone.context.set_offline(False)

    phone.wait_for_url(re.compile(r"/tasks/(?!.*\?).*"))
    expect(phone.locator("main")).to_contain_text(re.compile("首次联系|已提交"))
    assert len(city.rows(Answer, Answer.case_id == case_id, Answer.element_id == "answer_offer")) == 1
    phone.goto("/expert")
    expect(phone.locator("#unsent")).to_be_hidden()


def test_a_request_waits_for_the_network_and_opens_one_case(enter: Enter, city: City) -> None:
    """Filed on the road: kept on the phone, sent from whatever page is open when the network is back."""
    boss = enter("boss2", width=390, height=844)
    boss.goto("/cases/new/expert_dispatch")
    fill_form(boss, example("request.valid"))
    boss.context.set_offline(True)
    boss.locator("#do-submit").click()
    expect(boss.locator(".form-unsent")).to_contain_text("没有网络，已保存在本机")
    assert city.rows(Case, Case.process == "expert_dispatch") == []

    boss.context.set_offline(False)

    boss.wait_for_url(re.compile(r"/(tasks|cases)/[0-9a-f]{32}"))
    assert len(city.rows(Case, Case.process == "expert_dispatch")) == 1
    boss.go_back()
    expect(boss.locator("#do-submit")).to_be_enabled()
    expect(boss.locator(".started-today")).to_contain_text("再次提交会另开一件")
    assert len(city.rows(Case, Case.process == "expert_dispatch")) == 1


def test_a_lost_answer_is_asked_for_again_and_counts_once(phone: Page, city: City) -> None:
    """The server took it, and the phone never heard."""
    case_id = offered_request(city)
    phone.goto("/expert")
    phone.get_by_role("button", name="承接").click()
    _declare(phone)
    task = re.search(r"/tasks/(\w+)", phone.url)
    assert task

    def lose(route) -> None:  # type: ignore[no-untyped-def]
        route.fetch()
        route.abort()

    phone.route(
        f"**/tasks/{task[1]}*", lambda route: lose(route) if route.request.method == "POST" else route.continue_()
    )
    phone.locator("#do-submit").click()
    expect(phone.locator(".form-unsent")).to_contain_text("已保存在本机")
    assert len(city.rows(Answer, Answer.case_id == case_id, Answer.element_id == "answer_offer")) == 1
    phone.unroute(f"**/tasks/{task[1]}*")
    phone.get_by_role("button", name="现在再试").click()

    expect(phone.locator("main")).to_contain_text(re.compile("首次联系|已提交"))
    assert len(city.rows(Answer, Answer.case_id == case_id, Answer.element_id == "answer_offer")) == 1


def test_a_photo_is_made_small_and_says_nothing_of_the_place(phone: Page, city: City, tmp_path: Path) -> None:
    visit_agreed(city, at=TOMORROW)
    look_at(phone, "/expert")
    phone.get_by_role("link", name="写上门记录").click()
    phone.wait_for_url(re.compile(r"/tasks/"), wait_until="networkidle")
    phone.locator('input[type="file"][name="visit_photos"]').set_input_files(_photo(tmp_path))
    expect(phone.locator(".form-files", has_text="door.jpg")).to_be_visible(timeout=20_000)

    (kept,) = city.rows(Document, Document.field == "visit_photos")
    content = city.engine.documents.get(kept.sha256)
    picture = Image.open(io.BytesIO(content))
    assert max(picture.size) == 1600
    assert not picture.getexif()
    assert b"written by the camera" not in content
