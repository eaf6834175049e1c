"""A round of opinions: many at once, what people may start, a called diagram. Brought about by running commands."""

from collections.abc import Iterable
from pathlib import Path

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.start_case import StartCase
from tests.city import City

ROUND = Path(__file__).parent / "example_round"
NAMES = ("王建国", "李华", "张志强")


def a_round(city: City, *, names: Iterable[str] = NAMES) -> str:
    """The chair asks everybody on the list; `hr` answers for each of them."""
    city.deploy(round_files())
    answers = {"主题": "食堂", "名单": "、".join(names)}
    return city.run(StartCase(process="opinion_round", answers=answers), by="chair")


def round_files() -> dict[str, bytes]:
    paths = [path for path in ROUND.rglob("*") if path.is_file()]
    return {path.relative_to(ROUND).as_posix(): path.read_bytes() for path in paths}


def offer_of(city: City, case_id: str, element: str) -> str:
    """The id of what may be started at an element."""
    return city.task_at(case_id, element).id


def all_opinions(city: City, case_id: str) -> None:
    """Everybody has answered: the round is checked next."""
    for task in [task for task in city.tasks(case_id) if task.element_id == "give_opinion"]:
        city.run(ClaimTask(task_id=task.id), by="hr")
        city.run(CompleteTask(task_id=task.id, answers={"态度": "yes"}), by="hr")
