"""An anonymous survey in a case: sheets that nobody opens before the count, and cells that are large enough."""

import pytest

from engine.actor import SYSTEM
from engine.ballots.box import papers_of
from engine.ballots.casting import BallotNotFound
from engine.ballots.roll import NotOnTheRoll
from engine.commands.cancel_case import CancelCase
from engine.commands.issue_ticket import TicketTaken
from engine.model import HistoryEntry, Notice
from engine.queries.ballots import ballot_file
from engine.queries.surveys import survey_file
from tests.city import City
from tests.gatherings import ASKING, Gathering, gather, workers


@pytest.fixture
def survey(city: City) -> Gathering:
    return gather(city, ASKING)


def sheets(survey: Gathering) -> int:
    with survey.city.engine.reading() as session:
        return len(list(papers_of(session, survey.id, choice_size=survey.row.choice_size)))


def test_large_cells_are_told_and_the_sheets_are_gone(survey: Gathering) -> None:
    for who in workers(7):
        survey.answer(who, {"q1": "c1", "q2": "夜班"})
    for who in workers(5, first=8):
        survey.answer(who, {"q1": "c2"})
    survey.answer("rep1", {"q1": "c3"})
    with pytest.raises(TicketTaken):
        survey.answer("worker1", {"q1": "c3"})
    with survey.city.engine.reading() as session:
        assert (
            survey_file(session, survey.city.actor("worker1"), survey.id, safe=survey.city.engine.safe).result is None
        )
    survey.end("go_on")

    told = survey.row.result
    assert survey.variables["counted"] is True
    assert (told["asked"], told["answered"]) == (101, 13)
    assert [cell["count"] for cell in told["questions"][0]["cells"]] == [7, None, None]
    assert (sheets(survey), survey.row.wrapped_seal_key, survey.row.wrapped_ticket_key) == (0, None, None)


def test_too_few_sheets_stay_closed_and_go_with_the_case(survey: Gathering) -> None:
    for who in workers(4):
        survey.answer(who, {"q1": "c1"})
    survey.end("go_on")
    assert (survey.variables["counted"], survey.row.result, sheets(survey)) == (False, None, 4)

    survey.city.engine.run(CancelCase(case_id=survey.case_id, reason="撤销"), actor=SYSTEM)
    assert (survey.row.state, sheets(survey)) == ("aborted", 0)


@pytest.mark.parametrize("who", ["boss", "hr", "rep2_1"])
def test_who_acts_for_the_enterprise_or_belongs_elsewhere_is_not_asked(survey: Gathering, who: str) -> None:
    with pytest.raises((BallotNotFound, NotOnTheRoll)):
        survey.answer(who, {"q1": "c1"})


def test_a_survey_is_no_vote_and_its_history_names_nobody(survey: Gathering) -> None:
    survey.answer("worker7", {"q1": "c1"})
    with survey.city.engine.reading() as session, pytest.raises(BallotNotFound):
        ballot_file(session, survey.city.actor("worker7"), survey.id, safe=survey.city.engine.safe)

    acts = [e for e in survey.city.rows(HistoryEntry) if e.action.startswith(("survey", "ballot"))]
    assert [e.action for e in acts] == ["survey_opened"]
    survey.work_off()
    assert {n.kind for n in survey.city.rows(Notice)} >= {"survey_opened"}
