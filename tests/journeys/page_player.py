"""Plays a scenario through the pages: people log in, find their tasks, fill in forms and move the training clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, expect

from engine.definitions.process import Process
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from playing.player import duration
from seeds.demo_data import PASSWORD
from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import agreed_texts, example, fill_form, hand_in

DAYS_WITH_A_BUTTON = {1: "＋1 日", 7: "＋1 周", 15: "＋15 日"}


@dataclass
class PagePlayer:
    """Every person has a browser of their own. `readers` look at the case page whenever the story expects something."""

    enter: Enter
    process: Process
    readers: tuple[str, ...]
    case: str = ""
    _pages: dict[str, Page] = field(default_factory=dict)
    _looks: int = 0

    def page_of(self, username: str, **screen: Any) -> Page:
        """The browser of a person, who types name and password when they come for the first time."""
        if username not in self._pages:
            page = self._pages[username] = self.enter(None, **screen)
            page.goto("/")
            page.get_by_label("用户名").fill(username)
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录", exact=True).click()
            page.wait_for_url("**/tasks*")
        return self._pages[username]

    def start(self, start: Mapping[str, Any]) -> None:
        page = self.page_of(start["as"])
        page.get_by_role("link", name="发起案件").click()
        page.get_by_role("link", name=self.process.name).click()
        fill_form(page, example(start["answers_from"].removesuffix(".valid")))
        hand_in(page)
        expect(page.get_by_text("案件已发起。")).to_be_visible()
        page.wait_for_url("**/cases/*")
        self.case = page.url

    def do(self, step: Mapping[str, Any]) -> None:
        if "task" in step:
            self.complete(self.page_of(step["as"]), step["task"], answers=step["answers_from"].removesuffix(".valid"))
        elif "negotiate" in step:
            self.negotiate(self.page_of(step["propose"]), self.page_of(step["agree"]), step["negotiate"])
        elif "advance" in step:
            advance(self.page_of(self.readers[0]), days=duration(step["advance"]).days)
        else:
            self._look(step["expect"])

    def complete(self, page: Page, task: str, *, answers: str) -> None:
        name = self.process.elements[task].name
        take(page, name)
        fill_form(page, example(answers))
        hand_in(page)
        if page.locator("#form-warnings").count():
            hand_in(page)  # having read the warnings
        expect(page.locator("#form-problems")).to_have_count(0)
        expect(page.get_by_text("已提交").first).to_be_visible()

    def negotiate(self, one: Page, other: Page, form: str) -> None:
        """One side proposes every clause, the other agrees to each, going from clause to clause."""
        for page in (one, other):
            page.goto(f"{self.case}/negotiation")
            page.locator(".clause-head a").first.click()
        for words in agreed_texts(form):
            expect(one.locator("#clause-title")).to_contain_text(words["类别"])
            if not words["约定"]:
                one.get_by_label("不涉及，下面写明理由").check()
            one.get_by_label("文本", exact=True).fill(words["内容"] or words["不涉及理由"])
            one.get_by_role("button", name="提出文本").click()
            expect(one.get_by_text("已提出文本，等待对方回应。")).to_be_visible()
            other.reload()
            other.get_by_role("button", name="同意对方文本").click()
            expect(other.get_by_text("双方已达成一致，文本已锁定。")).to_be_visible()
            for page in (one, other):
                following = page.get_by_role("link", name="下一条")
                if following.count():
                    following.click()

    def _look(self, expected: Mapping[str, Any]) -> None:
        """At a change of stage everybody looks, else one of them."""
        self._looks += 1
        one = self.readers[self._looks % len(self.readers)]
        for reader in self.readers if "stage" in expected else (one,):
            page = self.page_of(reader)
            page.goto(self.case)
            if "stage" in expected:
                stage = next(stage.name for stage in self.process.stages if stage.id == expected["stage"])
                expect(page.locator(".stage-current")).to_contain_text(stage)
            for task in expected.get("open", ()):
                expect(page.locator(".now")).to_contain_text(f"办理「{self.process.elements[task].name}」")
            if expected.get("case") == "completed":
                expect(page.locator(".now")).to_contain_text("案件已办结")


def work_off(city: City) -> None:
    """What a running application does by itself in the background."""
    while tick(city.engine, lambda job_id: do_job(city.engine, job_id)):
        pass


def take(page: Page, task: str) -> None:
    """Find a task where the worklist opens or else under 待领取, claim it in its row and open it."""
    page.goto("/tasks")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=task, exact=True))
    if not row.count():
        page.get_by_role("navigation", name="待办分类").get_by_role("link", name="待领取").click()
        page.wait_for_url("**view=claimable*")
    expect(row).to_be_visible()
    claim = row.get_by_role("button", name="领取")
    if claim.count():
        claim.click()
    row.get_by_role("link", name=re.compile("^办理")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(task)


def advance(page: Page, *, days: int) -> None:
    page.get_by_text("演练时钟", exact=True).click()
    if days in DAYS_WITH_A_BUTTON:
        page.get_by_role("button", name=DAYS_WITH_A_BUTTON[days]).click()
    else:
        page.get_by_label("自定义").fill(str(days))
        page.get_by_role("button", name="拨快").click()
    expect(page.get_by_text("演练时钟已拨到")).to_be_visible()
