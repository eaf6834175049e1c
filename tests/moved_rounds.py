"""A round of opinions that is moved to another version of its process while people are asked."""

from collections.abc import Mapping

from engine.commands.migrate_case import MigrateCase
from tests.city import City
from tests.rounds import round_files

WHY = "按新的征求意见办法办理"
_CHANGES = {
    'id="asking" name="征求"': 'id="asking" name="公开征求"',
    "give_opinion": "write_opinion",
    'processId="opinion_check"': 'processId="opinion_review"',
    'bpmnElement="opinion_check"': 'bpmnElement="opinion_review"',
    'id="opinion_check" name="复核意见"': 'id="opinion_review" name="会审意见"',
}


def next_round_files() -> Mapping[str, bytes]:
    """The stage has another name, the question another id, and what is called is another diagram."""
    files = round_files()
    for path in ("opinion_round.bpmn", "opinion_check.bpmn"):
        drawn = files[path].decode()
        for old, new in _CHANGES.items():
            drawn = drawn.replace(old, new)
        files[path] = drawn.encode()
    return files


def move_round(city: City, case_id: str) -> None:
    city.deploy(next_round_files())
    city.run(MigrateCase(case_id=case_id, to_version=2, reason=WHY), by="designer")
