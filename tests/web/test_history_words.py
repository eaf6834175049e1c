"""Whatever the engine or a service writes into the history has words on the timeline, in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace as Thing

from flask import Flask
from flask_babel import force_locale

from tests.architecture.source_tree import ROOT
from web.history_words import ACTIONS, action_facts, action_words
from web.people.admin_words import ACTS

WRITERS = {"record", "note", "Act"}
COMPUTED = {
    "{element.event}_sent": {"message_sent", "signal_sent"},
    "{action}": {"task_recalled", "task_returned", "migration_started", "migration_rehearsed"},
    "{_ACTS[BallotKind(ballot.kind)]}_aborted": {"ballot_aborted", "survey_aborted", "demand_aborted"},
    "{what}": set(),
}
"""Actions that are put together where they are written: from what. The last two only hand on what they get."""


def written_actions() -> Iterator[str]:
    for folder in ("engine", "services"):
        for path in (ROOT / folder).rglob("*.py"):
            yield from _actions_in(path)


def _actions_in(path: Path) -> Iterator[str]:
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and call.args and _name_of(call.func) in WRITERS:
            yield from _actions_of(call.args[0])


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _actions_of(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _actions_of(node.body)
        yield from _actions_of(node.orelse)
    else:
        source = ast.unparse(node)
        yield from COMPUTED[source[2:-1] if isinstance(node, ast.JoinedStr) else f"{{{source}}}"]


def test_every_act_of_an_administrator_has_words() -> None:
    written = {
        action
        for path in (ROOT / "engine").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and _name_of(call.func) in {"administer", "_record"} and call.args
        for action in [getattr(argument, "value", "") for argument in call.args[:2]]
        if isinstance(action, str) and action and not action.startswith("person:")
    }

    assert {"membership_begun", "person_left"} <= written
    assert written - set(ACTS) == set()


def test_every_act_that_is_written_has_words() -> None:
    written = set(written_actions())

    assert {"task_completed", "escalation_not_caught", "signal_sent", "effect_recorded", "clock_met"} <= written
    assert written - set(ACTIONS) == set()


def test_the_words_are_there_in_both_languages(app: Flask) -> None:
    with app.test_request_context("/"):
        chinese = {action: str(words) for action, words in ACTIONS.items()}
        with force_locale("en"):
            english = {action: str(words) for action, words in ACTIONS.items()}

    assert [action for action, words in chinese.items() if not any("一" <= c <= "鿿" for c in words)] == []
    assert [action for action, words in english.items() if not words.isascii()] == []


def test_what_people_may_start_is_not_called_a_task(app: Flask) -> None:
    with app.test_request_context("/"):
        opened = [action_words(Thing(action="task_opened", is_initiative=may)) for may in (True, False)]

    assert opened == ["可以发起", "产生任务"]


def test_a_move_names_both_versions(app: Flask) -> None:
    row = Thing(action="case_migrated", is_initiative=False, details={"from": 1, "to": 2})
    with app.test_request_context("/"):
        chinese = action_words(row)
        with force_locale("en"):
            english = action_words(row)

    assert chinese == "案件由第1版转到第2版办理"
    assert english == "Case moved from version 1 to version 2"


def test_the_fact_beside_an_act(app: Flask) -> None:
    acts = {
        "case_opened_next": {"case": "XXS-2027-0001"},
        "signal_sent": {"name": "calendar_changed"},
        "clock_paused": {"clock": "1", "until": "2026-05-07"},
        "clock_started": {"rule": "filing", "due_on": "2026-03-30"},
        "process_moved": {"passed": ["a"]},
    }
    with app.test_request_context("/"):
        told = [action_facts(Thing(action=action, details=details)) for action, details in acts.items()]

    assert told == ["XXS-2027-0001", "calendar_changed", "暂停至 5月7日", "截止 3月30日", ""]
