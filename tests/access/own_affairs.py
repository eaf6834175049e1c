"""What people keep for themselves, and what administrators write about them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from engine.actor import SYSTEM
from engine.commands.grant_membership import GrantMembership
from engine.commands.open_calendar_feed import OpenCalendarFeed
from engine.commands.record_leaving import RecordLeaving
from engine.commands.save_view import SaveView
from engine.commands.sign_in import SignIn
from engine.commands.switch_online_voting import SwitchOnlineVoting
from engine.model import Invitation, Mail, MailAddress, SpotCode, UserTask
from engine.model.base_model import Model
from tests.access.planting import Planter
from tests.access.reading_matrix import matrix
from tests.experts import enter_expert
from tests.registry import id_of, organisation_id

CODE = "QZ42KX"


def own_affairs(planter: Planter, *, town: str) -> None:
    view = SaveView(
        name=planter.word("saved_view.name of ones own"), asked={"view": "group", "q": planter.word("saved_view.asked")}
    )
    planter.run(view, "hr")
    shared = SaveView(name=planter.word("saved_view.name shared"), asked={}, audience=f"town_union@{town}")
    planter.run(shared, "town_union")
    sign_in = SignIn(username=planter.by("hr"), password="demo", agent=planter.word("login_session.agent"))
    planter.city.engine.run(sign_in, actor=SYSTEM)
    _mail(planter)


def _mail(planter: Planter) -> None:
    person, at = planter.city.actor(planter.by("hr")).person_id, planter.city.engine.now()
    address = f"{planter.word('mail_address.address')}@people.example"
    mine = MailAddress(person_id=person, address=address, asked_at=at, tries=0, confirmed_at=at)
    mine.code = CODE
    mine.refusal = planter.word("mail_address.refusal")
    sent: dict[str, Any] = {"kind": "digest", "state": "refused", "created_at": at}
    letter = Mail(
        person_id=person, address=f"{planter.word('mail.address')}@people.example", answer=planter.word("mail.answer"),
        message_id=f"<{planter.place}>", **sent,
    )  # fmt: skip
    planter.add(mine, letter)


def in_the_register_of_experts(planter: Planter) -> None:
    words = {column: planter.word(f"expert.{column}") for column in ("licence_no", "employer", "fields")}
    enter_expert(planter.city, "lawyer1", **words)


def administration(planter: Planter) -> None:
    """Rights of a person of the enterprise, and the end of another one's."""
    city = planter.city
    answers = {
        "group": "worker",
        "organisation": planter.enterprise,
        "reason": planter.word("history_entry.reason of granting"),
    }
    city.run(GrantMembership(person_id=id_of(city, planter.by("rep20")), answers=answers), by="security")
    why = planter.word("online_voting_switch.reason")
    switch = SwitchOnlineVoting(enterprise_id=organisation_id(city, planter.enterprise), is_off=True, reason=why)
    planter.run(switch, "town_union")


def leaving(planter: Planter, username: str) -> None:
    why = planter.word("history_entry.reason of leaving")
    planter.city.run(RecordLeaving(person_id=id_of(planter.city, username), reason=why), by="admin")


def calendar_feed(planter: Planter, username: str) -> str:
    """The token in the address of a calendar."""
    token: str = planter.city.run(OpenCalendarFeed(), by=username)
    return token


def secrets(planter: Planter) -> list[str]:
    """What nobody is ever shown: everything in the columns that the table of the matrix calls secret."""
    person, at = planter.city.actor(planter.by("rep9")).person_id, planter.city.engine.now()
    planter.add(Invitation(person_id=person, code_hash="c0de" * 16, issued_at=at, expires_at=at + timedelta(days=30)))
    until, task = at + timedelta(minutes=10), planter.city.rows(UserTask)[0].id
    code = SpotCode(task_id=task, code_hash="5b07" * 16, shown_by_id=person, issued_at=at, expires_at=until)
    planter.add(code)
    columns = [column for name in matrix().table["secrets"] for column in [_column(*name.split("."))]]
    with planter.city.engine.reading() as session:
        found = [set(session.scalars(select(column).where(column.is_not(None)))) for column in columns]
    assert all(found), "every secret has to be there, or nobody would find it"
    return sorted(set().union(*found))


def _column(table: str, name: str) -> Any:
    return Model.metadata.tables[table].columns[name]
