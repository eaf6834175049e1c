import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from engine.command import Command
from engine.commands.upload_document import plain_name
from engine.definitions.form import AnswersRejected
from engine.errors import Problem, Rejected
from engine.expert_lines import ExpertLine, expert_lines
from engine.experts import accept_expert, lines_of, must_keep_experts, people_to_enter, write_expert
from engine.model import Person
from engine.registry import town_options
from engine.work import Work


class ExpertLinesRejected(Rejected):
    """Lines of the file have to be mended; nothing of it was entered. The path of a problem is `<line>.<column>`."""


@dataclass(frozen=True)
class ExpertsEntered:
    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class ImportExperts(Command[ExpertsEntered]):
    """Enter experts and change lines of the register from an Excel file: all of its lines, or none.

    Who is not in the file is not touched, and no status is changed by it.
    """

    filename: str
    content: bytes = field(repr=False)

    def execute(self, work: Work) -> ExpertsEntered:
        must_keep_experts(work.actor)
        lines = expert_lines(self.content)
        people = people_to_enter(work.session, {line.username for line in lines})
        facts = _accepted(work, lines, people)
        entered = _written(work, lines, people, facts)
        said = {"file": plain_name(self.filename), "sha256": hashlib.sha256(self.content).hexdigest()}
        work.administer("experts_imported", details={**said, **asdict(entered)})
        return entered

    def uploads(self) -> tuple[bytes, ...]:
        return (self.content,)

    def keep(self, result: ExpertsEntered) -> Any:
        return asdict(result)

    def revive(self, kept: Any) -> ExpertsEntered:
        return ExpertsEntered(**kept)


def _accepted(work: Work, lines: list[ExpertLine], people: Mapping[str, Person]) -> list[dict[str, Any]]:
    """The columns of each line. Raises ExpertLinesRejected with everything that is wrong in any of them."""
    towns, before, accepted = town_options(work.session), dict[str, int](), []
    for line in lines:
        person = people.get(line.username)
        if line.username and line.username in before:
            line.wrong("person", "expert_twice", line=before[line.username])
        before.setdefault(line.username, line.line)
        if person is not None:
            accepted.append(_columns_of(line, person, towns, work))
        elif line.username:
            line.wrong("person", "unknown_person", person=line.username)
    problems = [_placed(line, flaw) for line in lines for flaw in line.flaws]
    if problems:
        raise ExpertLinesRejected(problems=problems)
    return accepted


def _columns_of(line: ExpertLine, person: Person, towns: Any, work: Work) -> dict[str, Any]:
    if line.name and line.name != person.name:
        line.wrong("name", "name_differs", name=person.name)
    words = {"candidates": [{"label": person.name, "value": person.username}], "known_towns": towns}
    try:
        return accept_expert(line.answers, words, person=person, by=work.actor)
    except AnswersRejected as refusal:
        known = {flaw.path for flaw in line.flaws}
        line.flaws += [flaw for flaw in refusal.problems if flaw.path.split("[")[0] not in known]
        return {}


def _placed(line: ExpertLine, flaw: Problem) -> Problem:
    return replace(flaw, path=f"{line.line}.{flaw.path.split('[')[0]}")


def _written(
    work: Work, lines: list[ExpertLine], people: Mapping[str, Person], accepted: list[dict[str, Any]]
) -> ExpertsEntered:
    added, changed, register = 0, 0, lines_of(work.session, people.values())
    for line, facts in zip(lines, accepted, strict=True):
        person = people[line.username]
        known = register.get(person.id)
        version = known.lock_version if known else 0
        now = write_expert(work, person, facts, known=known).lock_version
        added, changed = added + (known is None), changed + (known is not None and now != version)
    return ExpertsEntered(added, changed)
