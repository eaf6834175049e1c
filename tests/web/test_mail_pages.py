"""My wishes about notices, the link in a mail, and the list of what was not delivered, as people meet them."""

import re
from collections.abc import Iterator

import pytest

from engine.commands.choose_notices import ChooseNotices
from engine.model import MailAddress, NoticeWishes
from tests.city import City
from tests.mail_server import Mailbox
from tests.mails import ADDRESS, reach, sending_mail, work_off
from tests.web.conftest import Visit
from web.mails.unsubscribing import Wish, sign


@pytest.fixture
def mailbox(city: City) -> Iterator[Mailbox]:
    with sending_mail(city) as mailbox:
        yield mailbox


def test_an_address_is_given_confirmed_and_taken_away(visit: Visit, city: City, mailbox: Mailbox) -> None:
    boss = visit("boss")
    boss.get("/me/notices")
    assert boss.post("/me/mail", {"address": "boss@example"}).status_code == 422
    assert boss.post("/me/mail", {"address": "boss@example.com"}).status_code == 302
    work_off(city)
    (message,) = mailbox.messages
    code = re.search(r"\b\d{6}\b", next(message.iter_parts()).get_content())
    assert code

    wrong = boss.post("/me/mail/confirm", {"code": "000000" if code[0] != "000000" else "111111"})
    assert wrong.status_code == 422
    assert "确认码不对" in wrong.text
    assert boss.post("/me/mail/confirm", {"code": code[0]}).status_code == 302
    assert "已确认" in boss.get("/me/notices").text

    boss.post("/me/mail/remove")
    assert city.rows(MailAddress) == []


def test_what_was_typed_wrong_stays_on_the_page(visit: Visit, mailbox: Mailbox) -> None:
    boss = visit("boss")
    boss.get("/me/notices")

    page = boss.post("/me/notices", {"digest_at": "99:99", "quiet": "1", "quiet_from": "22:00", "quiet_until": "06:00"})

    assert page.status_code == 422
    assert 'value="99:99" aria-invalid="true"' in page.text
    assert 'value="22:00"' in page.text


def test_wishes_are_kept(visit: Visit, city: City) -> None:
    boss = visit("boss")
    boss.get("/me/notices")

    boss.post("/me/notices", {"way-mentioned": "off", "digest_at": "09:00"})

    (wishes,) = city.rows(NoticeWishes)
    assert (wishes.ways, wishes.digest_at, wishes.quiet_from) == ({"mentioned": "off"}, "09:00", None)


def test_a_calendar_address_is_shown_once(visit: Visit) -> None:
    boss = visit("boss")
    boss.get("/me/notices")

    shown = boss.post("/me/calendar")
    path = re.search(r"/calendar/[\w-]+\.ics", shown.text)

    assert path
    assert visit(None).get(path[0]).status_code == 200
    assert path[0] not in boss.get("/me/notices").text
    boss.post("/me/calendar/end")
    assert visit(None).get(path[0]).status_code == 404


def test_the_link_in_a_mail_stops_it_without_a_login_and_only_when_asked(
    visit: Visit, city: City, mailbox: Mailbox, case_id: str
) -> None:
    reach(city, "boss")
    city.run(ChooseNotices(ways={"task_opened": "at_once"}), by="boss")
    work_off(city)
    (link,) = re.findall(r"<(\S+)>", mailbox.to("boss@people.example")[0]["List-Unsubscribe"])
    token = link.removeprefix(f"{ADDRESS}/unsubscribe/")
    path = f"/unsubscribe/{sign(Wish(city.actor('boss').person_id, 'task_opened'), 'pages')}"
    assert len(token) > 40

    assert visit(None).get(path).status_code == 200
    assert city.rows(NoticeWishes)[0].ways == {"task_opened": "at_once"}
    one_click = visit(None).client.post(path, data={"List-Unsubscribe": "One-Click"})

    assert one_click.status_code == 200
    assert city.rows(NoticeWishes)[0].ways == {"task_opened": "off"}


def test_a_link_that_nobody_signed_is_not_there(visit: Visit, city: City) -> None:
    forged = sign(Wish(city.actor("boss").person_id, "task_opened"), "guess")

    assert visit(None).client.post(f"/unsubscribe/{forged}").status_code == 404
    assert city.rows(NoticeWishes) == []


def test_mails_that_did_not_arrive_are_sent_again_from_their_page(
    visit: Visit, city: City, mailbox: Mailbox, case_id: str
) -> None:
    reach(city, "boss")
    city.run(ChooseNotices(ways={"task_opened": "at_once"}), by="boss")
    mailbox.answers["RCPT"] = "550 5.1.1 <script>no</script>"
    work_off(city)
    mailbox.answers.clear()

    admin = visit("admin")
    page = admin.get("/mails").text
    path = re.search(r"/mails/\w+/retry", page)

    assert "&lt;script&gt;no" in page
    assert path
    assert admin.post(path[0]).status_code == 302
    work_off(city)
    assert len(mailbox.to("boss@people.example")) == 1


def test_a_case_shows_those_in_charge_who_was_told(visit: Visit, city: City, case_id: str) -> None:
    work_off(city)
    boss = city.actor("boss").name

    assert boss in visit("union").get(f"/cases/{case_id}/parties").text.partition("告知记录")[2]
    assert boss not in visit("chair").get(f"/cases/{case_id}/parties").text.partition("告知记录")[2]


def test_a_notice_is_read_with_one_click(visit: Visit, city: City, case_id: str) -> None:
    work_off(city)
    boss = visit("boss")
    (notice_id,) = set(re.findall(r'name="id" value="(\w+)"', boss.get("/notices").text))

    boss.post("/notices/read", {"id": notice_id})

    assert 'class="unread"' not in boss.get("/notices").text
