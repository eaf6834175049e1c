"""Puts a word of its own into every field that holds what people said, by the people who would write there."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from engine.commands.add_clause import AddClause
from engine.commands.add_note import AddNote
from engine.commands.attach_document import AttachDocument
from engine.commands.claim_task import ClaimTask
from engine.commands.import_roster import ImportRoster
from engine.commands.note_on_clause import NoteOnClause
from engine.commands.propose_clause import ProposeClause
from engine.commands.reopen_clause import ReopenClause
from engine.commands.save_draft import SaveDraft
from engine.commands.send_copies import SendCopies
from engine.commands.start_batch import BatchOrder, StartBatch
from engine.commands.upload_document import UploadDocument
from engine.commands.urge_task import UrgeTask
from engine.commands.withdraw_clause import WithdrawClause
from engine.commands.withdraw_note import WithdrawNote
from engine.model import (
    Case,
    Clause,
    Clock,
    Cosignature,
    Incident,
    Negotiation,
    Notice,
    Organisation,
    Person,
    StandIn,
    UserTask,
)
from playing.agreeing import negotiate
from tests.access.canaries import Canaries
from tests.city import City
from tests.registry import organisation_id
from tests.rosters import sheet, work_off

# Who of an enterprise writes for a circle.
WRITERS = {"worker": "rep1", "employer": "hr", "chiefs": "chair", "sides": "boss", "office": "guide", "everybody": "hr"}


@dataclass
class Planter:
    """`names` says who has the roles of 星月 in this enterprise; `place` is the word for it in the matrix."""

    city: City
    canaries: Canaries
    place: str
    enterprise: str
    case_id: str
    names: Mapping[str, str] = field(default_factory=dict)

    def by(self, name: str) -> str:
        return self.names.get(name, name)

    def word(self, line: str) -> str:
        return self.canaries.word(self.place, line)

    def run(self, command: Any, by: str) -> Any:
        return self.city.run(command, by=self.by(by))

    def write(self, model: Any, *where: Any, **values: Any) -> None:
        """What no command can bring about here and now."""
        with self.city.session() as session, session.begin():
            session.execute(update(model).where(*where).values(**values))

    def add(self, *rows: Any) -> None:
        with self.city.session() as session, session.begin():
            session.add_all(rows)

    def beside_the_case(self) -> None:
        for circle, writer in WRITERS.items():
            note = AddNote(case_id=self.case_id, text=self.word(f"note.text for {circle}"), circle=circle)
            self.run(note, writer)
            name, inside = self.word(f"document.name for {circle}"), self.word(f"document.sha256 for {circle}")
            file = AttachDocument(
                case_id=self.case_id, filename=f"{name}.docx", content=word_file(inside), circle=circle
            )
            self.run(file, writer)
        gone = self.run(AddNote(case_id=self.case_id, text=self.word("note.text withdrawn")), "hr")
        self.run(WithdrawNote(note_id=gone), "hr")
        note = self.word("case_copy.note")
        self.run(SendCopies(case_id=self.case_id, to=("hrss_leader",), note=note), "town_union")

    def clauses(self) -> None:
        """The second head is proposed by the workers, the third by the employer, the fourth withdrawn."""
        heads = self._clauses()
        self._propose(heads[1], "rep1", "proposed by the workers")
        self._propose(heads[2], "boss", "proposed by the employer")
        self._propose(heads[3], "chair", "withdrawn again")
        why = self.word("clause_step.reason of withdrawing")
        self.run(WithdrawClause(case_id=self.case_id, clause_id=heads[3].id, reason=why), "chair")
        for side, writer in (("worker", "rep1"), ("employer", "worker1")):
            text = self.word(f"clause_note.text for {side}")
            self.run(NoteOnClause(case_id=self.case_id, clause_id=heads[0].id, text=text), writer)

    def new_clause(self) -> None:
        self.run(AddClause(case_id=self.case_id, head=self.word("clause.head")), "chair")

    def agree(self, position: int) -> Clause:
        head = self._clauses()[position]
        step = {"propose": self.by("chair"), "agree": self.by("boss")}
        text = {head.head: self.word("clause_step.text agreed")}
        negotiate(self.city.engine, self.case_id, step, texts=text, actor=self.city.actor)
        return head

    def reopen(self, head: Clause) -> None:
        why = self.word("clause_step.reason of reopening")
        self.run(ReopenClause(case_id=self.case_id, clause_id=head.id, reason=why), "chair")

    def _propose(self, clause: Clause, by: str, how: str) -> None:
        text, why = self.word(f"clause_step.text {how}"), self.word(f"clause_step.reason {how}")
        now = self.city.rows(Clause, Clause.id == clause.id)[0]
        proposal = ProposeClause(
            case_id=self.case_id, clause_id=clause.id, revision=now.revision, text=text, reason=why
        )
        self.run(proposal, by)

    def _clauses(self) -> list[Clause]:
        (talks,) = self.city.rows(Negotiation, Negotiation.case_id == self.case_id)
        return sorted(self.city.rows(Clause, Clause.negotiation_id == talks.id), key=lambda clause: clause.position)

    def task(self, element: str, *, holder: str, key: str) -> str:
        """Somebody holds the task, has begun to fill it in and has put a file beside it."""
        task_id = self.city.task_at(self.case_id, element).id
        self.run(ClaimTask(task_id=task_id), holder)
        self.run(SaveDraft(task_id=task_id, answers={key: self.word("user_task.draft")}), holder)
        name, inside = self.word("document.name of a draft"), self.word("document.sha256 of a draft")
        file = UploadDocument(
            field_key="file", filename=f"{name}.docx", media_type="", content=word_file(inside), task_id=task_id
        )
        self.run(file, holder)
        self.run(UrgeTask(task_id=task_id, note=self.word("history_entry.reason of urging")), "town_union")
        self.write(UserTask, UserTask.id == task_id, return_reason=self.word("user_task.return_reason"))
        return task_id

    def signatures(self, task_id: str) -> None:
        """In each circle somebody was asked to sign the task, and need not any more: who signs it reads its draft."""
        at = self.city.engine.now()
        parts = ("question", "opinion", "end_reason")
        for circle in ("worker", "employer", "office"):
            person = self.city.actor(self.by(WRITERS[circle])).person_id
            who = {"case_id": self.case_id, "principal_id": task_id, "person_id": person, "asked_by_id": person}
            said = {part: self.word(f"cosignature.{part} for {circle}") for part in parts}
            ended = {"state": "removed", "asked_at": at, "ended_at": at, "ended_by_id": person}
            self.add(Cosignature(mode="parallel", circle=circle, **who, **said, **ended))

    def absence(self) -> None:
        """The personnel office was away once, and its chief acted for it."""
        hr, boss = (self.city.actor(self.by(name)).person_id for name in ("hr", "boss"))
        at = self.city.engine.now()
        days = {"starts_on": at.date() - timedelta(days=30), "ends_on": at.date() - timedelta(days=20)}
        reason = self.word("stand_in.reason")
        self.add(StandIn(person_id=hr, stand_in_id=boss, reason=reason, named_by_id=hr, named_at=at, **days))

    def around(self) -> None:
        """Columns of the case that only the process, a clock or a mistake fills."""
        self.write(Case, Case.id == self.case_id, title=self.word("case.title"))
        clock = self.city.rows(Clock, Clock.case_id == self.case_id)[0]
        self.write(Clock, Clock.id == clock.id, pause_reason=self.word("clock.pause_reason"))
        failed = {"cause": "input_not_allowed", "decision": "x", "input": "x", "value": self.word("incident.details")}
        at = self.city.engine.now()
        self.add(
            Incident(
                case_id=self.case_id, step_id="x", element_id="draft_contract", code="expression_failed",
                details=failed, created_at=at,
            )
        )  # fmt: skip
        told = {"words": self.word("notice.params"), "text": self.word("notice.params")}
        person = self.city.actor(self.by("rep1")).person_id
        self.add(
            Notice(
                person_id=person, kind="process_notice", params=told, case_id=self.case_id, at=at,
                dedupe=f"planted:{self.place}",
            )
        )  # fmt: skip

    def enterprise_itself(self) -> None:
        (place,) = self.city.rows(Organisation, Organisation.name == self.enterprise)
        profile = {key: self.word(f"organisation.profile {key}") for key in ("address", "contact_phone", "legal_rep")}
        self.write(Organisation, Organisation.id == place.id, profile={**place.profile, **profile})
        for name in ("rep1", "rep12"):
            facts = {column: self.word(f"person.{column}") for column in ("phone", "post")}
            self.write(Person, Person.username == self.by(name), **facts)
        self.write(Person, Person.username == self.by("rep12"), name=self.word("person.name"))

    def roster(self) -> None:
        """The personnel office sends a sheet in which one line is wrong."""
        content = sheet((self.word("roster_flaw.name"), "12", self.word("roster_line.username"), "", "", ""))
        place, name = organisation_id(self.city, self.enterprise), f"{self.word('roster_import.filename')}.xlsx"
        self.run(ImportRoster(enterprise_id=place, filename=name, content=content), "hr")
        work_off(self.city)

    def batch(self, task_id: str) -> None:
        order = BatchOrder(order="urge", reason=self.word("batch.reason"))
        self.run(StartBatch(order=order, task_ids=(task_id,)), "hr")


def word_file(inside: str) -> bytes:
    """The smallest Word file that says something."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<document>{inside}</document>")
    return packed.getvalue()
