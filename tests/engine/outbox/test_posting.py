"""Notices by mail against a real SMTP server: once each, whatever the server and the workers do."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.actor import SYSTEM
from engine.commands.choose_notices import ChooseNotices
from engine.commands.mark_notices_read import MarkNoticesRead
from engine.commands.record_leaving import RecordLeaving
from engine.commands.report_mail import FIRST_PAUSE, MOST_ATTEMPTS
from engine.commands.take_mail import TAKEN, TakeMail
from engine.commands.urge_task import UrgeTask
from engine.engine import Engine
from engine.model import Job, Mail, MailAddress, NoticeDelivery
from engine.outbox.doing import do_job
from tests.engine.conftest import Visits
from tests.mail_server import Mailbox
from tests.mails import ADDRESS, reach, sending_mail, work_off


@pytest.fixture
def mailbox(visits: Visits) -> Iterator[Mailbox]:
    with sending_mail(visits.city) as mailbox:
        reach(visits.city, "hr", "chair")
        yield mailbox


def at_once(visits: Visits) -> None:
    visits.city.run(ChooseNotices(ways={"task_opened": "at_once"}), by="hr")


def mails(visits: Visits) -> list[tuple[str, str]]:
    return sorted((m.kind, m.state) for m in visits.city.rows(Mail))


def test_what_has_time_comes_together_on_the_next_working_morning(visits: Visits, mailbox: Mailbox) -> None:
    visits.city.clock.now = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)  # Friday 11:00
    visits.start()
    visits.start()
    work_off(visits.city)
    visits.city.clock.now = datetime(2026, 3, 9, 0, 29, tzinfo=UTC)
    work_off(visits.city)
    assert mailbox.raw == []

    visits.city.clock.now = datetime(2026, 3, 9, 0, 30, tzinfo=UTC)  # Monday 08:30
    work_off(visits.city)
    work_off(visits.city)

    (message,) = mailbox.to("hr@people.example")
    assert message["Subject"] == "[通办] 2 条消息 · 3月9日"
    assert mails(visits) == [("digest", "sent")]


def test_what_presses_goes_at_once_and_what_is_at_night_waits_for_the_morning(visits: Visits, mailbox: Mailbox) -> None:
    case_id = visits.start()
    work_off(visits.city)
    visits.city.clock.advance(days=70)
    work_off(visits.city)
    assert {m["Subject"] for m in mailbox.to("hr@people.example")} >= {"[通办] 期限届满：报送审查"}

    before = len(mailbox.raw)
    visits.city.run(ChooseNotices(ways={"task_urged": "at_once"}), by="hr")
    visits.city.clock.now = visits.city.clock.now.replace(hour=14)  # 22:00 in the city
    visits.city.run(UrgeTask(task_id=visits.city.task_at(case_id, "plan_visit").id, note="机密"), by="town_union")
    work_off(visits.city)
    assert len(mailbox.raw) == before
    visits.city.clock.advance(hours=9, minutes=30)
    work_off(visits.city)
    assert len(mailbox.raw) == before + 1
    assert mailbox.messages[-1]["Subject"].startswith("[通办] 有人催办：")
    assert all("机密" not in part.get_content() for m in mailbox.messages for part in m.iter_parts())


def test_a_mail_says_title_case_deadline_and_where_to_read_on(visits: Visits, mailbox: Mailbox) -> None:
    at_once(visits)
    case_id = visits.start()
    work_off(visits.city)

    (message,) = mailbox.messages
    (mail,) = visits.city.rows(Mail)
    plain, html = (part.get_content() for part in message.iter_parts())
    task = visits.city.task_at(case_id, "plan_visit")
    assert message["Message-ID"] == mail.message_id
    assert message["Message-ID"].endswith("@city.example>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith(f"<{ADDRESS}/unsubscribe/")
    for text in (plain, html):
        assert task.name in text
        assert visits.case(case_id).number in text
        assert f"{ADDRESS}/tasks/{task.id}" in text
        assert "看车间" not in text  # what was filled in stays in the house


@pytest.mark.parametrize("answer", ["451 4.3.0 later", ""], ids=["put off", "line breaks after the dot"])
def test_what_may_go_another_time_is_tried_again_under_the_same_name(
    visits: Visits, mailbox: Mailbox, answer: str
) -> None:
    at_once(visits)
    mailbox.answers["DATA"] = answer
    visits.start()
    work_off(visits.city)
    work_off(visits.city)
    assert [m.attempts for m in visits.city.rows(Mail)] == [1]

    mailbox.answers.clear()
    visits.city.clock.now += FIRST_PAUSE
    work_off(visits.city)

    assert mails(visits) == [("notice", "sent")]
    assert len({m["Message-ID"] for m in mailbox.messages}) == 1


def test_a_server_that_stays_down_ends_in_the_list_of_failures(visits: Visits, mailbox: Mailbox) -> None:
    at_once(visits)
    mailbox.answers["MAIL"] = "421 not now"
    visits.start()
    pauses = [0.0]
    for _ in range(MOST_ATTEMPTS):
        work_off(visits.city)
        (job,) = visits.city.rows(Job, Job.kind == "send_mail")
        pauses.append((job.due_at - visits.city.clock.now).total_seconds())
        visits.city.clock.now = max(job.due_at, visits.city.clock.now)

    (mail,) = visits.city.rows(Mail)
    assert pauses[1:4] == [60, 240, 960]
    assert (mail.state, mail.attempts) == ("failed", MOST_ATTEMPTS)
    assert "421" in (mail.answer or "")


def test_an_address_that_does_not_exist_gets_nothing_more(visits: Visits, mailbox: Mailbox) -> None:
    at_once(visits)
    mailbox.answers["RCPT"] = "550 5.1.1 no such user"
    visits.start()
    work_off(visits.city)

    (mail,) = visits.city.rows(Mail)
    (address,) = visits.city.rows(MailAddress, MailAddress.address == "hr@people.example")
    assert (mail.state, mail.answer) == ("refused", "550 5.1.1 no such user")
    assert address.refusal == "550 5.1.1 no such user"
    mailbox.answers.clear()
    visits.start()
    work_off(visits.city)
    assert mailbox.raw == []


def test_two_workers_with_the_same_bell_send_one_mail(visits: Visits, mailbox: Mailbox) -> None:
    at_once(visits)
    visits.start()
    engine: Engine = visits.city.engine
    while not visits.city.rows(Job, Job.kind == "send_mail"):
        for job in visits.city.rows(Job, Job.state == "ready"):
            do_job(engine, job.id)
    (job,) = visits.city.rows(Job, Job.kind == "send_mail")

    first = engine.run(TakeMail(job_id=job.id), actor=SYSTEM)
    assert first is not None
    assert do_job(engine, job.id) is False  # somebody sends it already
    assert mailbox.raw == []

    visits.city.clock.now += TAKEN  # that one died
    assert do_job(engine, job.id) is True
    assert do_job(engine, job.id) is False
    assert [m["Message-ID"] for m in mailbox.messages] == [first.message_id]


def test_what_was_read_or_done_meanwhile_is_not_mailed(visits: Visits, mailbox: Mailbox) -> None:
    visits.start()
    work_off(visits.city)
    visits.city.run(MarkNoticesRead(), by="hr")
    late = visits.start()
    work_off(visits.city)
    visits.plan(late)
    work_off(visits.city)
    visits.take(late, "check_plan", "town_union")  # it was offered to hr as well

    visits.city.clock.advance(days=1)
    work_off(visits.city)

    assert mailbox.raw == []
    assert sorted(d.dropped or "" for d in visits.city.rows(NoticeDelivery)) == ["over", "over", "read"]


def test_people_who_leave_get_nothing_of_what_was_on_its_way(visits: Visits, mailbox: Mailbox) -> None:
    at_once(visits)
    mailbox.answers["DATA"] = "451 later"
    visits.start()
    work_off(visits.city)
    mailbox.answers.clear()

    visits.city.run(RecordLeaving(person_id=visits.city.actor("hr").person_id, reason="调离"), by="admin")
    visits.city.clock.advance(days=2)
    work_off(visits.city)

    assert mailbox.to("hr@people.example") == []
    assert mails(visits) == [("notice", "dropped")]


def test_without_a_mail_server_nothing_is_planned(visits: Visits) -> None:
    reach(visits.city, "hr")
    visits.start()
    work_off(visits.city)

    assert visits.city.rows(NoticeDelivery) == []


def test_what_has_to_be_served_offers_no_way_out(visits: Visits, mailbox: Mailbox) -> None:
    case_id = visits.start()
    visits.city.engine.services["test/reckon"] = lambda call: call.notify("worker_chief", "process_notice", {}) or {}
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)
    visits.city.run(ChooseNotices(ways={"process_notice": "at_once"}), by="chair")
    work_off(visits.city)

    (message,) = [m for m in mailbox.to("chair@people.example") if "流程正式通知" in m["Subject"]]
    assert message["List-Unsubscribe"] is None
    assert all("/unsubscribe/" not in part.get_content() for part in message.iter_parts())
