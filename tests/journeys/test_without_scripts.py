"""Without JavaScript everything still works: many read these pages inside chat apps on old phones."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.form_filler import example, fill_form, hand_in


def test_a_task_is_claimed_filled_in_and_handed_in_on_a_phone(enter: Enter, case_id: str) -> None:
    boss = enter("boss", width=390, height=844, scripts=False)
    boss.goto("/tasks?view=claimable")

    with boss.expect_navigation():
        boss.get_by_role("button", name="领取").click()
    expect(boss.get_by_role("heading", level=1)).to_have_text("企业方书面答复")
    answers = example("reply")
    own = answers.pop("reply_reps")[:4]
    answers.pop("counter_topics")
    _rows(boss, "reply_reps", 5)
    fill_form(boss, {**answers, "reply_reps": [*own, {"person": "worker3", "post": "设备主管"}]})
    hand_in(boss)

    expect(boss.get_by_role("heading", level=1)).to_contain_text("已提交")


def test_what_is_missing_is_said_and_a_draft_is_kept(enter: Enter, case_id: str) -> None:
    boss = enter("boss", width=390, height=844, scripts=False)
    boss.goto("/tasks?view=claimable")
    with boss.expect_navigation():
        boss.get_by_role("button", name="领取").click()

    hand_in(boss)
    expect(boss.get_by_role("alert")).to_contain_text("处需要修改")
    boss.locator('[name="agreed_place"]').fill("公司三楼会议室")
    with boss.expect_navigation():
        boss.get_by_role("button", name="保存草稿").click()

    expect(boss.get_by_text("草稿已保存。")).to_be_visible()
    expect(boss.locator('[name="agreed_place"]')).to_have_value("公司三楼会议室")


def _rows(page: Page, path: str, count: int) -> None:
    """Without scripts every row is a round trip; what was filled in before must survive it."""
    while page.locator(f'[name="{path}[#]"]').input_value() != str(count):
        with page.expect_navigation():
            page.locator(f'button[name="_add"][value="{path}"]').click()
