"""Ballots in tests: a congress with an open one, and a voter's own computer that blinds, seals and casts."""

import base64
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy import select

from engine.ballots.box import papers_of
from engine.ballots.casting import Receipt
from engine.ballots.motions import motions_from, write_choice
from engine.ballots.voter import blind, make_vote, unblind
from engine.ballots.votes import Vote
from engine.commands.claim_task import ClaimTask
from engine.commands.close_ballot import CloseBallot
from engine.commands.complete_task import CompleteTask
from engine.commands.issue_ticket import IssueTicket
from engine.commands.start_case import StartCase
from engine.definitions.catalogue_sources import bundle_files
from engine.model import Ballot, GroupMembership, Incident, Person, ProcessInstance
from engine.model.base_model import new_id
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from tests.city import PEOPLE, City, open_city
from tests.databases import Database, Template
from tests.inventory.notation import diagram

VOTING = """
begin -> open_vote -> wait -> after -> finish
service open_vote: type ballot/open; {inputs}; out ballot = ballot
catch wait: message ballot_closed; out result = result
user after
message ballot_closed: = ballot
"""


@dataclass
class Congress:
    """A case with an open ballot; `rep1` … `rep40` are on its roll, `chair` and `guide` its scrutineers."""

    city: City
    case_id: str
    ballot_id: str
    votes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def ballot(self) -> Ballot:
        return self.city.rows(Ballot, Ballot.id == self.ballot_id)[0]

    def ticket(self, voter: str, key: Ed25519PrivateKey) -> bytes:
        """The unblinded signature on the voter's key."""
        public = load_der_public_key(self.ballot.ticket_key)
        assert isinstance(public, RSAPublicKey)
        blinding = blind(public, key.public_key().public_bytes_raw())
        signed = self.city.run(IssueTicket(ballot_id=self.ballot_id, blinded=blinding.blinded), by=voter)
        return unblind(public, base64.b64decode(signed), blinding)

    def prepare(self, voter: str, answer: Any = "yes") -> dict[str, str]:
        """A vote, ready to be cast; `answer` is for the first motion or, as a dict, for all."""
        ballot, key = self.ballot, Ed25519PrivateKey.generate()
        choice = answer if isinstance(answer, dict) else {"m1": answer}
        vote = make_vote(
            write_choice(motions_from(ballot.motions), choice),
            voter=key,
            token=self.ticket(voter, key),
            seal_key=X25519PublicKey.from_public_bytes(ballot.seal_key),
            ballot_id=self.ballot_id,
        )
        self.votes[voter] = vote.as_json()
        return self.votes[voter]

    def vote(self, voter: str, answer: Any = "yes") -> Receipt:
        return self.cast(self.prepare(voter, answer))

    def cast(self, vote: dict[str, str]) -> Receipt:
        return self.city.engine.casting.cast(self.ballot_id, vote)

    def papers(self) -> list[Vote]:
        """What is in the box."""
        with self.city.engine.reading() as session:
            return list(papers_of(session, self.ballot_id, choice_size=self.ballot.choice_size))

    def do(self, element_id: str, *, by: str = "hr") -> None:
        task = self.city.task_at(self.case_id, element_id)
        self.city.run(ClaimTask(task_id=task.id), by=by)
        self.city.run(CompleteTask(task_id=task.id, answers={}), by=by)

    def close(self, **paper: Any) -> dict[str, Any]:
        """Two scrutineers close, the count is made; gives the result that the case got."""
        for scrutineer in ("chair", "guide"):
            self.city.run(CloseBallot(ballot_id=self.ballot_id, before_time=True, **paper), by=scrutineer)
        self.work_off()
        return self.variables["result"]

    def work_off(self) -> None:
        while tick(self.city.engine, lambda job_id: do_job(self.city.engine, job_id)):
            pass

    @property
    def variables(self) -> dict[str, Any]:
        return self.city.rows(ProcessInstance, ProcessInstance.case_id == self.case_id)[0].variables


def open_congress(
    city: City,
    *,
    motions: str = '["2026 年度工资专项集体合同草案"]',
    mode: str = "online",
    level: str = "enterprise",
    roll: str = "representatives",
    closes: str = "P1D",
    text: str = VOTING,
) -> Congress:
    """A process that opens a ballot and waits for its result."""
    asked = {
        "title": '"工资专项集体合同草案表决"',
        "motions": motions,
        "mode": f'"{mode}"',
        "level": f'"{level}"',
        "roll": f'"{roll}"',
        "scrutineers": '["chair", "guide"]',
        "closes_at": f'现在 + duration("{closes}")',
    }
    text = text.format(inputs="; ".join(f"in {name} = {value}" for name, value in asked.items()))
    city.deploy({"voting.bpmn": diagram(text, process="voting"), **rule_files()})
    case_id = city.run(StartCase(process="voting"), by="hr")
    assert city.rows(Incident) == [], [(i.code, i.details) for i in city.rows(Incident)]
    (ballot,) = city.rows(Ballot, Ballot.case_id == case_id)
    return Congress(city, case_id, ballot.id)


def enrol(city: City, usernames: Iterable[str]) -> None:
    """More representatives of the enterprise, who sign in with nobody's password."""
    with city.session() as session, session.begin():
        chair = session.scalars(select(Person).where(Person.username == "chair")).one()
        home = session.scalar(select(GroupMembership.organisation_id).where(GroupMembership.person_id == chair.id))
        for username in usernames:
            seat = GroupMembership(id=new_id(), group="congress_rep", organisation_id=home)
            session.add(Person(id=new_id(), username=username, name=username, password_hash="-", memberships=[seat]))


def rule_files() -> dict[str, bytes]:
    files = bundle_files(Path("bpmn/wage_consultation"))
    return {path: content for path, content in files.items() if path.startswith("rules/")}


@pytest.fixture(scope="session")
def congress_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the secret lies that wraps the keys of the prepared ballot."""
    return tmp_path_factory.mktemp("congress")


@contextmanager
def prepared_congress(
    hosts: Any, kind: str, *, secrets: Path, data_dir: Path, make: Callable[[City], Any] = open_congress
) -> Iterator[Congress]:
    """A copy of one ballot whose keys are made once, because that takes long; `secrets` holds what wraps them."""

    def prepare(url: str) -> None:
        city = open_city(Database("", url), data_dir=secrets)
        make(city)
        city.engine.database.dispose()

    with hosts.of(kind).fresh(Template(secrets.name, prepare, below=PEOPLE)) as fresh:
        shutil.copytree(secrets, data_dir, dirs_exist_ok=True)
        city = open_city(fresh, data_dir=data_dir)
        (ballot,) = city.rows(Ballot)
        yield Congress(city, ballot.case_id, ballot.id)
        city.engine.database.dispose()


@pytest.fixture
def congress(database_hosts: Any, database_kind: str, congress_folder: Path, tmp_path: Path) -> Iterator[Congress]:
    """An open online ballot of forty representatives."""
    with prepared_congress(database_hosts, database_kind, secrets=congress_folder, data_dir=tmp_path) as opened:
        yield opened


@pytest.fixture
def mixed_congress(
    database_hosts: Any, database_kind: str, congress_folder: Path, tmp_path: Path
) -> Iterator[Congress]:
    """The same with paper ballots as well; it closes after three days."""
    keys = congress_folder / f"{congress_folder.name}_mixed"
    keys.mkdir(exist_ok=True)
    make = partial(open_congress, mode="mixed", closes="P3D")
    with prepared_congress(database_hosts, database_kind, secrets=keys, data_dir=tmp_path, make=make) as opened:
        yield opened
