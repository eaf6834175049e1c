"""What a scenario says about surveys and demands: people answer, sign, and withdraw what they signed."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count, islice
from typing import Any

from engine.actor import Actor
from engine.ballots.questions import questions_from, write_answers
from engine.ballots.voter import Device
from engine.commands.issue_ticket import IssueTicket
from engine.commands.sign_demand import SignDemand
from engine.commands.withdraw_signature import WithdrawSignature
from engine.engine import Engine
from engine.queries.demands import demand_file
from engine.queries.surveys import survey_file


def answer_survey(engine: Engine, survey_id: str, answers: list[Mapping[str, Any]], voters: Iterator[Actor]) -> None:
    """`answers`: `{times, q1: c1, q2: [c1, c2], q3: text}`, each as often as it says."""
    absent = _absent(engine, survey_id, voters)
    for row in answers:
        given = {name: value for name, value in row.items() if name != "times"}
        for voter in islice(absent, row.get("times", 1)):
            _answer(engine, survey_id, voter, given)


def sign(engine: Engine, demand_id: str, number: int, voters: Iterator[Actor]) -> None:
    for voter in islice(_signers(engine, demand_id, voters, signed=False), number):
        engine.run(SignDemand(demand_id=demand_id), actor=voter)


def withdraw(engine: Engine, demand_id: str, number: int, voters: Iterator[Actor]) -> None:
    for voter in islice(_signers(engine, demand_id, voters, signed=True), number):
        engine.run(WithdrawSignature(demand_id=demand_id), actor=voter)


def numbered(prefix: str, actor: Callable[[str], Actor]) -> Iterator[Actor]:
    return (actor(f"{prefix}{number}") for number in count(1))


def _answer(engine: Engine, survey_id: str, voter: Actor, answers: Mapping[str, Any]) -> None:
    with engine.reading() as session:
        survey = survey_file(session, voter, survey_id, safe=engine.safe)
    device = Device(survey.id, ticket_key=survey.ticket_key, seal_key=survey.seal_key)
    signed = engine.run(IssueTicket(ballot_id=survey.id, blinded=device.blinded), actor=voter)
    sheet = write_answers(questions_from(survey.questions), answers)
    engine.casting.cast(survey.id, device.vote(sheet, blind_signature=signed).as_json())


def _absent(engine: Engine, survey_id: str, voters: Iterator[Actor]) -> Iterator[Actor]:
    for voter in voters:
        with engine.reading() as session:
            has_ticket = survey_file(session, voter, survey_id, safe=engine.safe).has_ticket
        if not has_ticket:
            yield voter


def _signers(engine: Engine, demand_id: str, voters: Iterator[Actor], *, signed: bool) -> Iterator[Actor]:
    for voter in voters:
        with engine.reading() as session:
            is_signed = demand_file(session, voter, demand_id).i_signed
        if is_signed == signed:
            yield voter
