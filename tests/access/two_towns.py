"""A city with two enterprises in two towns, each with a consultation that is under way, and words to find again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.actor import SYSTEM
from engine.commands.cancel_case import CancelCase
from engine.commands.sign_in import SignIn
from engine.commands.suspend_case import SuspendCase
from engine.model import CaseLink
from seeds.demo_data import HILL, HILL_TOWN, STAR, STAR_TOWN
from tests.access.canaries import Canaries
from tests.access.consultations import Teller
from tests.access.own_affairs import (
    administration,
    calendar_feed,
    in_the_register_of_experts,
    leaving,
    own_affairs,
    secrets,
)
from tests.access.people import NAMES_AT_HILL, ROLES, enter_more_people
from tests.access.planting import Planter
from tests.city import City, open_city
from tests.databases import Database
from tests.factories import a_case

LEFT = "rep40"


@dataclass
class TwoTowns:
    """`cases` by place; `tokens` by username; `feeds` are addresses of calendars by username."""

    city: City
    canaries: Canaries
    cases: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)


@contextmanager
def two_towns(database: Database, folder: Path, **options: Any) -> Iterator[TwoTowns]:
    city = open_city(database, data_dir=folder, is_demo=True, **options)
    towns = TwoTowns(city, Canaries())
    try:
        enter_more_people(city)
        towns.tokens = {name: _token(city, name) for name in ROLES}
        _fill(towns)
        yield towns
    finally:
        city.engine.database.dispose()


def _fill(towns: TwoTowns) -> None:
    star, hill = _at_star(towns), _at_hill(towns)
    closed = _closed(towns)
    towns.cases = {"star": star.case_id, "hill": hill.case_id, "closed": closed.case_id}
    leaving(star, LEFT)
    link = {"from_case_id": star.case_id, "to_case_id": hill.case_id, "kind": "renewal"}
    star.add(CaseLink(**link, created_at=towns.city.engine.now()))
    names = ("chair", "hr", "hr2", "worker5", "union")
    towns.feeds = {name: calendar_feed(star, name) for name in names}
    towns.secrets = [*secrets(star), *towns.tokens.values(), *towns.feeds.values()]


def _planter(towns: TwoTowns, place: str, enterprise: str, names: dict[str, str]) -> tuple[Teller, Planter]:
    def word() -> str:
        return towns.canaries.word(place, "answer.answers of everything")

    teller = Teller(towns.city, names, word)
    return teller, Planter(towns.city, towns.canaries, place, enterprise, teller.begin(), names)


def _at_star(towns: TwoTowns) -> Planter:
    """The two sides are at the text."""
    teller, planter = _planter(towns, "star", STAR, {})
    teller.go_on_until("advance")
    planter.beside_the_case()
    planter.clauses()
    planter.new_clause()
    planter.reopen(planter.agree(0))
    task_id = planter.task("record_meeting", holder="worker60", key="minutes")
    _everywhere(planter, task_id, town=STAR_TOWN)
    in_the_register_of_experts(planter)
    return planter


def _at_hill(towns: TwoTowns) -> Planter:
    """The contract is with the labour office, and the case is suspended."""
    names = NAMES_AT_HILL | {"town_union": "town_union2"}
    teller, planter = _planter(towns, "hill", HILL, names)
    teller.go_on_until("negotiate")
    planter.clauses()
    teller.go_on_until("review_contract")
    planter.beside_the_case()
    task_id = planter.task("review_contract", holder="hrss", key="check_subject_note")
    _everywhere(planter, task_id, town=HILL_TOWN)
    why = planter.word("history_entry.reason of suspending")
    planter.run(SuspendCase(case_id=planter.case_id, reason=why), "town_union")
    return planter


def _everywhere(planter: Planter, task_id: str, *, town: str) -> None:
    planter.signatures(task_id)
    planter.absence()
    planter.around()
    planter.enterprise_itself()
    planter.roster()
    planter.batch(task_id)
    own_affairs(planter, town=town)
    administration(planter)


def _closed(towns: TwoTowns) -> Planter:
    """A suggestion of a worker of 星月 that was put aside."""
    idea = towns.canaries.word("closed", "answer.answers of a closed case")
    case_id = a_case(towns.city, by="worker1", subject="回水箱", idea=idea, expected_saving=36000)
    planter = Planter(towns.city, towns.canaries, "closed", STAR, case_id)
    why = planter.word("history_entry.reason of cancelling")
    planter.run(CancelCase(case_id=case_id, reason=why), "town_union")
    return planter


def _token(city: City, username: str) -> str:
    signed_in = city.engine.run(SignIn(username=username, password="demo", agent="tests"), actor=SYSTEM)
    token: str = signed_in.token  # type: ignore[union-attr]
    return token
