"""A consultation begins on the pages: offer, reply, profile, election, representatives; then the parties meet."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.form_filler import example, fill_form, hand_in


def take(page: Page, task: str) -> None:
    """Find a task in the list of what can be taken, claim it in its row and open it."""
    page.goto("/tasks?view=claimable")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=task, exact=True))
    row.get_by_role("button", name="领取").click()
    expect(row.get_by_text("已领取")).to_be_visible()
    row.get_by_role("link", name="办理").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(task)


def do(page: Page, task: str, form: str) -> None:
    take(page, task)
    fill_form(page, example(form))
    hand_in(page)
    expect(page.locator("#form-problems")).to_have_count(0)


def start(page: Page) -> str:
    """The chair makes the offer; gives the address of the case."""
    page.goto("/cases/new")
    page.get_by_role("link", name="薪协商一件事").click()
    fill_form(page, example("offer"))
    hand_in(page)
    expect(page.get_by_text("案件已发起。")).to_be_visible()
    return page.url


def test_a_consultation_goes_from_the_offer_to_the_meeting_through_pages(enter: Enter) -> None:
    chair, boss, hr = enter("chair"), enter("boss"), enter("hr")

    case = start(chair)
    expect(chair.get_by_text("企业方书面答复").first).to_be_visible()
    expect(chair.locator(".main-clock")).to_contain_text("《浙江省集体合同条例》")

    do(boss, "企业方书面答复", "reply")
    expect(boss.get_by_role("heading", level=1)).to_contain_text("已提交")
    do(hr, "确认企业档案", "enterprise_profile")
    do(chair, "选举职工方代表", "rep_election")
    expect(chair.get_by_role("heading", level=1)).to_have_text("登记职工方代表")  # the next task of the same person
    chair.locator("#do-claim").click()
    fill_form(chair, example("worker_reps"))
    hand_in(chair)
    expect(chair.get_by_role("alert")).to_contain_text("女代表比例低于女职工比例")
    hand_in(chair)  # having read the warnings
    expect(chair.get_by_role("heading", level=1)).to_contain_text("已提交")
    do(hr, "登记企业方代表", "employer_reps")

    chair.goto(case)
    expect(chair.locator(".stage-current")).to_contain_text("协商")
    chair.goto(f"{case}/timeline")
    expect(chair.get_by_text("办结任务").first).to_be_visible()
    expect(chair.get_by_role("heading", name="要约", exact=True)).to_be_visible()


def test_what_is_handed_in_can_be_read_afterwards_and_not_changed(enter: Enter, case_id: str) -> None:
    boss = enter("boss")
    do(boss, "企业方书面答复", "reply")

    boss.goto("/tasks?view=done")
    boss.get_by_role("link", name="企业方书面答复", exact=True).click()

    expect(boss.get_by_text("公司三楼会议室").last).to_be_visible()
    expect(boss.locator("#do-submit")).to_have_count(0)
    expect(boss.locator(".form-fields input:visible, .form-fields select:visible")).to_have_count(0)


def test_a_draft_is_there_again_after_leaving_the_page(enter: Enter, case_id: str) -> None:
    boss = enter("boss")
    take(boss, "企业方书面答复")

    boss.locator('[name="agreed_place"]').fill("古山镇政府二楼")
    boss.get_by_role("button", name="保存草稿").click()
    expect(boss.get_by_text("草稿已保存。")).to_be_visible()
    address = boss.url
    boss.goto("/cases")
    boss.goto(address)

    expect(boss.locator('[name="agreed_place"]')).to_have_value("古山镇政府二楼")


def test_problems_stand_at_their_fields_and_what_was_typed_stays(enter: Enter) -> None:
    chair = enter("chair")
    chair.goto("/cases/new/wage_consultation")

    chair.locator('[name="proposed_place"]').fill("公司三楼会议室")
    hand_in(chair)

    expect(chair.get_by_role("alert")).to_contain_text("处需要修改")
    expect(chair.get_by_role("alert")).to_be_focused()
    chair.get_by_role("alert").get_by_role("link", name="要约方").click()
    expect(chair.locator('[name="offer_side"]').first).to_be_in_viewport()
    expect(chair.locator('[name="proposed_place"]')).to_have_value("公司三楼会议室")


def test_who_comes_too_late_reads_why_and_keeps_what_was_typed(enter: Enter, case_id: str) -> None:
    boss, union = enter("boss"), enter("union")
    take(boss, "企业方书面答复")
    fill_form(boss, example("reply"))

    union.goto(f"/cases/{case_id}")
    union.get_by_text("终止案件", exact=True).click()
    union.locator("#reason-cancel").fill("双方另行商定")
    union.get_by_role("button", name="确认终止案件").click()
    expect(union.get_by_role("status").get_by_text("案件已终止。")).to_be_visible()
    hand_in(boss)

    expect(boss.get_by_role("heading", level=1)).to_contain_text("没有提交成功")
    expect(boss.get_by_role("group", name="商定地点")).to_have_text("公司三楼会议室")


def test_the_training_clock_makes_a_reply_overdue(enter: Enter, case_id: str) -> None:
    boss, town_union = enter("boss"), enter("town_union")

    boss.goto("/tasks?view=claimable")
    boss.get_by_text("演练时钟").click()
    boss.get_by_role("button", name="＋15 日").click()

    expect(boss.get_by_text("演练时钟已拨到 3月17日")).to_be_visible()
    expect(boss.locator(".pill-late")).to_contain_text("逾期 1 日")
    town_union.goto("/tasks?view=claimable")
    expect(town_union.get_by_role("link", name="督促答复", exact=True)).to_be_visible()
