"""The voters' client in Node against the real interface: what it makes, the server takes, byte for byte."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from engine.actor import SYSTEM
from engine.audit import canonical_json, root
from engine.audit.merkle import leaf_hash
from engine.ballots.motions import motions_from, write_choice
from engine.ballots.verify import verify_board
from engine.ballots.votes import Vote
from engine.commands.sign_in import SignIn
from engine.queries.ballots import ballot_file, published_board
from settings import Settings
from tests.ballots import Congress, open_congress, prepared_congress
from tests.devices import Device, LostAnswers, Node, Threw, node
from tests.edges import open_edges

ELECTION = '{title: "职工方代表", kind: "election", candidates: [{name: "甲"}, {name: "乙"}, {name: "丙"}], places: 2}'
MOTIONS = f'["2026 年度工资专项集体合同（草案）", {ELECTION}]'
ANSWERS = {"m1": "yes", "m2": ["c1", "c3"]}
Enter = Callable[..., Device]


@pytest.fixture(scope="module")
def computer() -> Iterator[Node]:
    with node() as running:
        yield running


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("two_motions")


@pytest.fixture
def held(database_hosts: Any, keys: Path, tmp_path: Path) -> Iterator[Congress]:
    """An open ballot on a draft and an election."""
    make = partial(open_congress, motions=MOTIONS)
    with prepared_congress(database_hosts, "sqlite", secrets=keys, data_dir=tmp_path, make=make) as opened:
        yield opened


@pytest.fixture
def door(held: Congress, tmp_path: Path) -> Iterator[LostAnswers]:
    settings = Settings(database_url=held.city.database.url, data_dir=tmp_path, secret_key="votes")
    before = LostAnswers(open_edges(settings, engine=held.city.engine))
    server = make_server("127.0.0.1", 0, before, threaded=True)
    before.address = f"http://127.0.0.1:{server.server_port}/api/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield before
    server.shutdown()


@pytest.fixture
def enter(computer: Node, held: Congress, door: LostAnswers) -> Enter:
    def come(who: str, *, device: str = "") -> Device:
        attempt = SignIn(username=who, password="demo", agent="tests")
        login = {"Authorization": f"Bearer {held.city.engine.run(attempt, actor=SYSTEM).token}"}
        return Device(computer, told(held), door.address, who, login, f"{door.address} {device or who}")

    return come


def told(held: Congress) -> dict[str, Any]:
    """What the page tells the client about the ballot."""
    names = ("id", "title", "motions", "ticket_key", "seal_key", "receipt_key", "choice_size")
    with held.city.engine.reading() as session:
        file = ballot_file(session, held.city.actor("rep1"), held.ballot_id, safe=held.city.engine.safe)
    return {name: getattr(file, name) for name in names}


def opened(held: Congress, vote: Vote) -> bytes | None:
    ballot = held.ballot
    assert ballot.wrapped_seal_key is not None
    key = held.city.engine.safe.seal_key(ballot.wrapped_seal_key, ballot_id=ballot.id)
    return vote.opened(key, ballot_id=ballot.id)


def test_a_vote_is_what_the_server_would_have_made(held: Congress, enter: Enter, door: LostAnswers) -> None:
    device = enter("rep1")
    device.ask("take")
    receipt = device.ask("cast", answers=ANSWERS)

    (vote,) = held.papers()
    assert opened(held, vote) == write_choice(motions_from(held.ballot.motions), ANSWERS)
    assert (receipt["number"], receipt["entry"]) == (vote.number, vote.entry)
    assert device.ask("kept") == {"receipt": receipt}
    assert device.node.ask("root", entries=[vote.entry]) == vote.entry
    cast = next(request for request in door.seen if request["PATH_INFO"].endswith("/votes"))
    assert not {"HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_REFERER"} & set(cast)


def test_lost_answers_are_asked_for_again_and_change_nothing(held: Congress, enter: Enter, door: LostAnswers) -> None:
    device = enter("rep1")
    door.lost = 2
    device.ask("take")
    door.lost = 4
    with pytest.raises(Threw, match="Unanswered"):
        device.ask("cast", answers=ANSWERS)
    waiting = device.ask("kept")["vote"]
    with pytest.raises(Threw, match="CastBefore"):
        device.ask("cast", answers={"m1": "no", "m2": "abstain"})
    receipt = device.ask("deliver")

    (vote,) = held.papers()
    assert vote.as_json() == waiting
    assert receipt["entry"] == vote.entry
    assert device.ask("deliver") == receipt


def test_two_windows_take_one_ticket_and_cast_one_vote(held: Congress, enter: Enter) -> None:
    first, second = enter("rep1", device="phone"), enter("rep1", device="phone")
    assert first.node.together(first.act("take"), second.act("take")) == [None, None]

    yes, no = {**ANSWERS, "m1": "yes"}, {**ANSWERS, "m1": "no"}
    came = first.node.together(first.act("cast", answers=yes), second.act("cast", answers=no))

    assert len(held.papers()) == 1
    assert [answer for answer in came if isinstance(answer, str)] == ["CastBefore"]


def test_a_ticket_file_is_good_on_another_device_and_once(held: Congress, enter: Enter) -> None:
    lost, found = enter("rep1", device="lost phone"), enter("rep1", device="found phone")
    lost.ask("take")
    with pytest.raises(Threw, match="ticket_taken"):
        found.ask("take")
    assert found.ask("kept") == {}
    file = lost.ask("file")

    found.ask("load", file=file)
    found.ask("cast", answers=ANSWERS)

    with pytest.raises(Threw, match="already_cast"):
        lost.ask("cast", answers={**ANSWERS, "m1": "no"})
    assert lost.ask("kept") == {"refused": "already_cast"}
    assert len(held.papers()) == 1


def test_a_file_that_is_no_ticket_of_this_ballot_is_refused(enter: Enter) -> None:
    device, other = enter("rep1"), enter("rep1", device="other")
    device.ask("take")
    file = json.loads(device.ask("file"))
    strange = base64.b64encode(bytes(32)).decode()
    broken = [{**file, "ticket": {**file["ticket"], part: strange}} for part in ("token", "secret", "key")]

    for spoilt in ({**file, "ballot": "another"}, "no ticket at all", *broken):
        with pytest.raises(Threw, match=r"NotATicketFile|NoTicket"):
            other.ask("load", file=json.dumps(spoilt))
    assert other.ask("kept") == {}


def test_a_vote_that_comes_too_late_is_refused_for_good(held: Congress, enter: Enter) -> None:
    device = enter("rep1")
    device.ask("take")
    held.city.clock.advance(days=1)

    with pytest.raises(Threw, match="ballot_not_open"):
        device.ask("cast", answers=ANSWERS)

    assert (device.ask("kept"), held.papers()) == ({"refused": "ballot_not_open"}, [])


def test_a_receipt_is_found_on_the_board_and_every_change_is_seen(held: Congress, enter: Enter) -> None:
    device, receipts = enter("rep1"), {}
    for number in range(1, 8):
        voter = enter(f"rep{number}")
        voter.ask("take")
        receipts[number] = voter.ask("cast", answers={**ANSWERS, "m1": "yes" if number % 2 else "no"})
    held.close()
    with held.city.engine.reading() as session:
        board = published_board(session, held.city.actor("rep1"), held.ballot_id).decode()
    find = partial(device.node.ask, "find", ballot=device.ballot)

    assert verify_board(board.encode()).ok
    found = {number: find(board=board, receipt=receipt) for number, receipt in receipts.items()}
    assert {number: shown["paper"]["choice"]["m1"] for number, shown in found.items()} == {
        number: "yes" if number % 2 else "no" for number in receipts
    }
    assert [shown["findings"] for shown in found.values()] == [[]] * 7

    lines = board.splitlines()
    place = next(i for i, line in enumerate(lines) if receipts[1]["number"] in line)
    dropped = "\n".join([*lines[:place], *lines[place + 1 :]])
    assert find(board=dropped, receipt=receipts[1])["findings"] == ["missing"]
    proof = json.loads(lines[place])["proof"]
    changed = board.replace(proof, ("B" if proof[0] != "B" else "C") + proof[1:])
    assert find(board=changed, receipt=receipts[1])["findings"] == ["changed", "unlisted"]
    renamed = board.replace("集体合同（草案）", "集体合同（另案）", 1)
    assert find(board=renamed, receipt=receipts[2])["findings"] == ["head"]
    retold = board.replace('"passed":', '"passedx":')
    assert "signature" in find(board=retold, receipt=receipts[2])["findings"]


def test_a_receipt_of_somebody_else_is_not_believed(held: Congress, enter: Enter) -> None:
    device = enter("rep1")
    device.ask("take")
    receipt = device.ask("cast", answers=ANSWERS)
    other = {**device.ballot, "receipt_key": base64.b64encode(bytes(32)).decode()}

    assert device.node.ask("genuine", ballot=device.ballot, receipt=receipt)
    assert not device.node.ask("genuine", ballot=other, receipt=receipt)
    assert not device.node.ask("genuine", ballot=device.ballot, receipt={**receipt, "entry": "0" * 64})


def test_the_spelling_is_the_same_on_both_sides(computer: Node) -> None:
    value = {"b": [1, -2, 0, True, None], "a": {"文": '“引号”\n\t\\"/\u2028\u007f\u0001😀'}, "B": "", "": []}

    assert computer.ask("canonical", value=value).encode() == canonical_json(value)


def test_the_tree_is_the_same_on_both_sides(computer: Node) -> None:
    for size in (0, 1, 2, 3, 7, 8, 13):
        leaves = [str(number).encode() for number in range(size)]
        assert computer.ask("root", entries=[leaf_hash(leaf).hex() for leaf in leaves]) == root(leaves).hex()
