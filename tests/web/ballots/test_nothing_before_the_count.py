"""Before the count nobody gets to see a count by choice, by any route.

Two cities that differ only in how people voted are asked the same by everybody, at every address. What one of them
answers otherwise than the other it knows from the votes; so both must say the same, to the last byte.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

import pytest
from flask import Response
from sqlalchemy import update

from engine.ballots.motions import motions_from, read_choice
from engine.commands.add_note import AddNote
from engine.commands.open_calendar_feed import OpenCalendarFeed
from engine.commands.save_view import SaveView
from engine.commands.send_copies import SendCopies
from engine.model import Clause, Document, LoginSession, SavedView, UserTask, base_model
from tests.ballots import Congress
from tests.databases import quick_folder
from tests.scan import NOBODY, Scan, said, telling
from tests.timing import set_heap_aside
from tests.twins import Twins, twin_cities
from web.mails.unsubscribing import EVERYTHING, Wish, sign

VOTED, NOT_VOTED, SCRUTINEER, OTHER_SCRUTINEER = "rep1", "rep30", "rep5", "rep6"
ROLES = (
    VOTED, NOT_VOTED, SCRUTINEER, "chair", "boss", "union", "guide", "hrss", "hrss_leader", "federation", "liaison",
    "admin", "security", "auditor", "designer", "boss2", NOBODY,
)  # fmt: skip
CONCERNED = (VOTED, SCRUTINEER, "union")
PEOPLE = [*ROLES[:-1], OTHER_SCRUTINEER]
VOTERS = ("rep1", "rep2", "rep3", "rep4", "rep7", "rep8", "rep9", "rep10", "rep11", "rep12")
# What lists and searches are asked, too.
QUERIES = {
    "/cases": ("q=表决",),
    "/tasks": ("q=表决", "view=done"),
    "/tasks/suggest": ("typed=表决",),
    "/tasks/news": ("since=2026-03-17T00:00:00%2B08:00&counts=1",),
    "/cases/<case_id>/timeline": ("kind=ballots",),
    "/ballots/<ballot_id>/closing/voters": ("voter=rep1",),
    "/ballots/<ballot_id>/closing/state": ("seen=0",),
    "/api/v1/ballots/<ballot_id>/voters": ("name=rep1",),
    "/api/v1/cases": ("q=表决",),
    "/api/v1/tasks": ("view=group", "view=done"),
    "/api/v1/cases/<case_id>/history": ("limit=200",),
}


def furnish(congress: Congress) -> str:
    """Gives the token of a voter's calendar."""
    city = congress.city
    city.run(AddNote(case_id=congress.case_id, text="请各位代表在截止前投票。"), by="chair")
    city.run(SendCopies(case_id=congress.case_id, to=("town_union",), note="表决进行中"), by="chair")
    city.run(SaveView(name="表决", asked={"q": "表决"}), by=VOTED)
    token: str = city.run(OpenCalendarFeed(), by=VOTED)
    return token


@contextmanager
def voted_twins() -> Iterator[Twins]:
    with quick_folder() as folder, twin_cities(folder, voters=VOTERS, people=PEOPLE, furnish=furnish) as twins:
        set_heap_aside()
        yield twins


@pytest.fixture(scope="module")
def twins() -> Iterator[Twins]:
    with voted_twins() as twins:
        yield twins


def known(twins: Twins) -> dict[str, Sequence[str]]:
    """Ids of the case for every argument of a route; an argument that is missing here fails the test."""
    city = twins.cities[0]
    tasks = city.rows(UserTask, UserTask.case_id == twins.case_id)
    voter = city.actor(VOTED)
    return {
        "case_id": [twins.case_id],
        "ballot_id": [twins.ballot_id],
        "survey_id": [twins.ballot_id],
        "demand_id": [twins.ballot_id],
        "task_id": [task.id for task in tasks if task.element_id == "convene_congress"],
        "clause_id": [row.id for row in city.rows(Clause)][:1],
        "document_id": [row.id for row in city.rows(Document, Document.name == "草案说明.pdf")],
        "view_id": [row.id for row in city.rows(SavedView)][:1],
        "person_id": [voter.person_id],
        "key": ["wage_consultation"],
        "key@/papers": ["minutes"],
        "process": ["wage_consultation"],
        "kind": ["office"],
        "kind@sample": ["docx"],
        "version": ["1"],
        "code": ["zh"],
        "token@calendar": [twins.furnished],
        "token@unsubscribe": [sign(Wish(voter.person_id, EVERYTHING), "twins")],
        **{name: [_enterprise(twins)] for name in ("organisation_id", "enterprise_id")},
        # Nothing of this kind belongs to a vote.
        **{name: ["none"] for name in ("spot_code", "batch_id", "import_id", "draft_id", "trial_id", "run_id")},
    }


def _enterprise(twins: Twins) -> str:
    return next(m.organisation_id for m in twins.cities[0].actor(VOTED).memberships)


def scan_of(twins: Twins) -> Scan:
    return Scan(twins, known(twins), QUERIES)


@pytest.mark.timeout(600)
def test_nobody_is_told_anything_that_depends_on_the_votes(twins: Twins) -> None:
    found, told = scan_of(twins).differences(ROLES)

    assert found == []
    assert told > 1000, "most of what was asked was refused: then this says little"


def yes_votes(congress: Congress) -> int:
    """What must not be told: opened with the key that only the count uses."""
    ballot = congress.ballot
    assert ballot.wrapped_seal_key is not None
    key = congress.city.engine.safe.seal_key(ballot.wrapped_seal_key, ballot_id=ballot.id)
    opened = [read_choice(motions_from(ballot.motions), p.opened(key, ballot_id=ballot.id)) for p in congress.papers()]
    return sum(choice["m1"] == "yes" for choice in opened)


LEAKS: dict[str, Callable[[Response, int], Any]] = {
    "a number in the page": lambda answer, yes: answer.set_data(answer.data + f"<!-- {yes} -->".encode()),
    "the length of the page": lambda answer, yes: answer.set_data(answer.data + b" " * yes),
    "a header": lambda answer, yes: answer.headers.set("X-Yes", str(yes)),
    "the status": lambda answer, yes: setattr(answer, "status_code", 200 if yes else 203),
}


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize("endpoint", ["ballots.ballot", "pages.case_votes.show"])
def test_what_tells_the_votes_is_found(twins: Twins, monkeypatch: pytest.MonkeyPatch, leak: str, endpoint: str) -> None:
    assert [yes_votes(congress) for congress in twins.congresses] == [len(VOTERS), 0]
    for app, congress in zip(twins.apps, twins.congresses, strict=True):
        told = partial(LEAKS[leak], yes=yes_votes(congress))
        monkeypatch.setitem(app.view_functions, endpoint, telling(app, endpoint, told))
    rule = next(rule.rule for rule in twins.apps[0].url_map.iter_rules() if rule.endpoint == endpoint)

    found, _ = scan_of(twins).differences(("chair", NOT_VOTED), only="ballots")

    assert {(one.rule, one.role) for one in found} == {(rule, "chair"), (rule, NOT_VOTED)}


class SameChance:
    """Ids that are made from now on are the same in both cities."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._again = monkeypatch
        self._series = count(1)

    def act_in_both(self, twins: Twins, act: Callable[[Congress], Any]) -> list[Any]:
        seed = next(self._series)
        given = []
        for congress in twins.congresses:
            numbers, moments = Random(seed), count(seed * 10**9)
            self._again.setattr(base_model, "uuid4", lambda numbers=numbers: UUID(int=numbers.getrandbits(128)))
            self._again.setattr(base_model, "time_ns", lambda moments=moments: next(moments))
            given.append(act(congress))
        return given

    def must_answer_the_same(self, twins: Twins, role: str, act: str, body: Any, status: int) -> None:
        scan, apps = scan_of(twins), iter(twins.apps)
        path = f"/api/v1/ballots/{twins.ballot_id}/{act}"
        ask = partial(scan.ask, role=role, address=path, method="POST", body=body)
        one, other = self.act_in_both(twins, lambda _: ask(next(apps)))
        assert one.status_code == status, (role, act, one.text)
        assert said(one) == said(other)


# Where a ballot that goes on, or ends without a count, could tell something: its own pages, its case, what people get.
NEAR = r"ballot|/cases/<case_id>(/(history|timeline|waiting|evidence|diagram))?$|notices$|/tasks$"
WRONG_VOTE = {"key": "AAAA", "token": "AAAA", "sealed": "AAAA", "proof": "AAAA"}
# What somebody asks for while the ballot runs, and the status of the answer; in this order.
ASKED = (
    (VOTED, "tickets", {"blinded": "A" * 512}, 409),
    (NOBODY, "votes", WRONG_VOTE, 422),
    (VOTED, "close", {"before_time": True}, 403),
    (SCRUTINEER, "close", {}, 409),
    (SCRUTINEER, "paper-voters", {"voter": NOT_VOTED}, 409),
    ("chair", "reminders", None, 403),
    (SCRUTINEER, "reminders", None, 200),
    (SCRUTINEER, "reminders", None, 409),
    ("auditor", "abort", {"reason": "x"}, 404),
    (SCRUTINEER, "close", {"before_time": True}, 200),
)


@pytest.mark.timeout(600)
def test_what_people_do_while_it_runs_and_how_it_ends_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reminded, confirmed by one scrutineer, over but not closed, aborted: the same in both cities."""
    chance = SameChance(monkeypatch)
    with voted_twins() as twins:
        for asked in ASKED:
            chance.must_answer_the_same(twins, *asked)
        chance.act_in_both(twins, Congress.work_off)
        must_tell_the_same(twins)

        chance.act_in_both(twins, let_its_time_run_out)
        assert {congress.ballot.state for congress in twins.congresses} == {"stopped"}
        must_tell_the_same(twins)

        chance.must_answer_the_same(twins, OTHER_SCRUTINEER, "abort", {"reason": "停电"}, 200)
        chance.act_in_both(twins, Congress.work_off)
        assert {congress.ballot.state for congress in twins.congresses} == {"aborted"}
        must_tell_the_same(twins)


def must_tell_the_same(twins: Twins) -> None:
    found, told = scan_of(twins).differences(CONCERNED, only=NEAR)
    assert found == []
    assert told > 60, "most of what was asked was refused: then this says little"


def let_its_time_run_out(congress: Congress) -> None:
    """Everybody stays logged in meanwhile."""
    now = congress.city.clock.now = congress.ballot.closes_at + timedelta(minutes=1)
    with congress.city.session() as session, session.begin():
        session.execute(update(LoginSession).values(created_at=now, last_seen_at=now))
    congress.work_off()
