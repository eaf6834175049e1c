"""Votes verified and stored by several processes, then counted and counted again by the verifier.

On PostgreSQL where it is installed, else on SQLite. The floor is a row of the same size, inserted and committed alone.
"""

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy import text

from bench import postgresql
from bench.measuring import cpu_ms, memory_mb, progress, ratio
from engine.ballots import board
from engine.ballots.motions import Motion, read_choice, write_choice
from engine.ballots.opening import BallotPlan, open_ballot
from engine.ballots.rule import BallotRule, Share
from engine.ballots.safe import KeySafe
from engine.ballots.tally import Turnout, count_choices, result_of
from engine.ballots.verify import verify_board
from engine.ballots.voter import make_vote
from engine.ballots.votes import Vote
from engine.database import Database
from engine.engine import Engine
from engine.model import Ballot, Case, Deployment, Person
from engine.model.base_model import new_id
from seeds.tables import upgrade

VOTERS, VOTES, COUNTED, PROCESSES = 1000, 1500, 2000, 2
ALONE = 100  # votes cast by one process, to see what CPU time one takes
MOTIONS = (Motion(id="m1", title="草案", candidates={}),)
RULE = BallotRule(
    level="enterprise",
    roll_base="representatives",
    quorum=Share(2, 3, True),
    majority=Share(1, 2, False),
    min_cell=5,
    shows_turnout=True,
    texts={"quorum": {"zh": "到会", "en": "quorum"}, "majority": {"zh": "通过", "en": "majority"}},
)
_PSS = padding.PSS(padding.MGF1(hashes.SHA384()), 48)
# What no process can be sent: each has its own copy from its birth.
_SIGNERS: list[RSAPrivateKey] = []
_fork = multiprocessing.get_context("fork")


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    """`--scale 50` counts 100,000 papers; making them takes longer than counting.

    No more are cast than its roll has voters for: the trays of a ballot are as many as its seats need.
    """
    votes, counted = max(60, round(VOTES * min(scale, 1.0))), max(100, round(COUNTED * scale))
    with _database() as url, tempfile.TemporaryDirectory(prefix="tongban-bench-") as folder:
        upgrade(url)
        ballot = _opened(url, Path(folder))
        papers = _papers(ballot, Path(folder), max(votes + ALONE, counted))
        spare = papers[votes : votes + ALONE]
        casting = _each_second(partial(_cast, url, folder, ballot.id), papers[:votes])
        cpu = cpu_ms(partial(_cast, url, folder, ballot.id, spare)) / ALONE
        floor = _each_second(partial(_insert, url), papers[:votes])
        counting = _counting(ballot, papers[:counted], KeySafe(Path(folder)))
    return {
        "database": url.split(":", 1)[0].split("+", 1)[0],
        "votes": votes,
        "processes": PROCESSES,
        "casts_per_second": casting,
        "server_cpu_ms": round(cpu, 3),
        "verifying_us": _verifying_us(ballot, papers[: min(votes, 500)]),
        "counting": counting,
        "floor": {"what": "a row of the same size inserted and committed", "rows_per_second": floor},
        "ratio": ratio(floor, casting),
        "goal": {"casts_per_second": 500},
    }


@contextmanager
def _database() -> Iterator[str]:
    programs = postgresql.programs()
    if programs is not None:
        with postgresql.cluster(programs) as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as folder:
        yield f"sqlite:///{folder}/bench.db"


def _opened(url: str, folder: Path) -> Ballot:
    """A ballot of a case in which nothing else happens."""
    now, database = datetime.now(UTC), Database(url)
    voters = {f"voter{number}": new_id() for number in range(VOTERS)}
    with database.writing.begin() as session:
        session.add_all(Person(id=id_, username=name, name=name, password_hash="-") for name, id_ in voters.items())  # noqa: S106
        session.execute(text("CREATE TABLE bench_row (paper VARCHAR(2000))"))
        by = {"deployed_by": "", "deployed_at": now}
        deployment = Deployment(id=new_id(), process="bench", version=1, name="", content_hash="", **by)
        case = Case(id=new_id(), number="B-1", title="", process="bench", created_by="", created_at=now)
        session.add(deployment)
        session.flush()
        case.deployment_id = deployment.id
        session.add(case)
        session.flush()
        plan = BallotPlan(
            case_id=case.id,
            title="草案表决",
            mode="online",
            motions=MOTIONS,
            rule=RULE,
            voters=voters,
            scrutineers=dict(list(voters.items())[:2]),
            closes_at=now + timedelta(days=1),
        )
        ballot = open_ballot(session, KeySafe(folder), plan, at=now)
    database.dispose()
    return ballot


def _papers(ballot: Ballot, folder: Path, count: int) -> list[Vote]:
    assert ballot.wrapped_ticket_key is not None
    signer = KeySafe(folder).ticket_key(ballot.wrapped_ticket_key, ballot_id=ballot.id)
    with _fork.Pool(PROCESSES, initializer=_SIGNERS.append, initargs=(signer,)) as pool:
        made = pool.imap(partial(_paper, ballot.id, ballot.seal_key), range(count), chunksize=50)
        return list(progress(made, "make votes", total=count))


def _paper(ballot_id: str, seal_key: bytes, number: int) -> Vote:
    """Its token is made without blinding: what comes out is the same."""
    (signer,) = _SIGNERS
    voter = Ed25519PrivateKey.generate()
    token = signer.sign(voter.public_key().public_bytes_raw(), _PSS, hashes.SHA384())
    choice = write_choice(MOTIONS, {"m1": ("yes", "no", "abstain")[number % 3]})
    key = X25519PublicKey.from_public_bytes(seal_key)
    return make_vote(choice, voter=voter, token=token, seal_key=key, ballot_id=ballot_id)


def _each_second(work: Callable[[Sequence[Vote]], None], papers: list[Vote]) -> float:
    """Papers a second when several processes share them; their starting is not counted."""
    ready, go = _fork.Barrier(PROCESSES + 1), _fork.Barrier(PROCESSES + 1)

    def one(part: list[Vote]) -> None:
        ready.wait()
        go.wait()
        work(part)
        os._exit(0)

    children = [_fork.Process(target=one, args=(papers[number::PROCESSES],)) for number in range(PROCESSES)]
    for child in children:
        child.start()
    ready.wait()
    go.wait()
    began = time.perf_counter()
    for child in children:
        child.join()
    if any(child.exitcode for child in children):
        raise RuntimeError("a process that cast votes failed")
    return round(len(papers) / (time.perf_counter() - began), 1)


def _cast(url: str, folder: str, ballot_id: str, papers: Sequence[Vote]) -> None:
    engine = Engine(Database(url, pool_size=1), services={}, data_dir=Path(folder))
    for paper in papers:
        engine.casting.cast(ballot_id, paper.as_json())
    engine.database.dispose()


def _insert(url: str, papers: Sequence[Vote]) -> None:
    engine = Database(url, pool_size=1).engine
    for paper in papers:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO bench_row VALUES (:paper)"), {"paper": paper.leaf.decode()})
    engine.dispose()


def _verifying_us(ballot: Ballot, papers: Sequence[Vote]) -> float:
    key = load_der_public_key(ballot.ticket_key)
    assert isinstance(key, RSAPublicKey)
    began = time.process_time()
    for paper in papers:
        paper.must_be_genuine(ballot_id=ballot.id, token_key=key, choice_size=ballot.choice_size)
    return round((time.process_time() - began) / len(papers) * 1e6, 1)


def _counting(ballot: Ballot, papers: list[Vote], safe: KeySafe) -> dict[str, Any]:
    """Open, count, sign, publish; then the verifier, from the file."""
    assert ballot.wrapped_seal_key is not None
    seal_key = safe.seal_key(ballot.wrapped_seal_key, ballot_id=ballot.id)
    papers.sort(key=lambda paper: paper.number)
    began = time.process_time()
    choices = [read_choice(MOTIONS, paper.opened(seal_key, ballot_id=ballot.id)) for paper in papers]
    totals, turnout = count_choices(MOTIONS, choices), Turnout(len(papers), len(papers))
    ballot.seats, ballot.entries = len(papers), board.entries_of(papers)
    result = result_of(MOTIONS, RULE, turnout=turnout, back=len(papers), totals=totals)
    result["paper"] = {"back": 0, "motions": {}}
    head = board.board_head(ballot, case_number="B-1")
    ballot.board_end = board.signed_end(
        head, entries=ballot.entries, seal_key=seal_key, result=result, signer=safe.signer()
    )
    counted = time.process_time()
    published = b"".join(board.board_lines(ballot, papers, case_number="B-1"))
    written = time.process_time()
    if not verify_board(published).ok:
        raise RuntimeError("the verifier does not agree with the count")
    return {
        "papers": len(papers),
        "count_s": round(counted - began, 2),
        "publish_s": round(written - counted, 2),
        "verify_s": round(time.process_time() - written, 2),
        "bytes_a_paper": len(published) // len(papers),
        "memory_mb": memory_mb(),
    }
