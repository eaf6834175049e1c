"""What may be done to the things of a case, each act with all that it needs: only who does it decides the outcome."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.commands.add_note import AddNote
from engine.commands.agree_to_clause import AgreeToClause
from engine.commands.appoint_parties import AppointParties
from engine.commands.assign_task import AssignTask
from engine.commands.attach_document import AttachDocument
from engine.commands.cancel_case import CancelCase
from engine.commands.note_on_clause import NoteOnClause
from engine.commands.propose_clause import ProposeClause
from engine.commands.release_task import ReleaseTask
from engine.commands.resume_case import ResumeCase
from engine.commands.save_draft import SaveDraft
from engine.commands.send_copies import SendCopies
from engine.commands.settle_document import SettleDocument
from engine.commands.suspend_case import SuspendCase
from engine.commands.upload_document import UploadDocument
from engine.commands.urge_task import UrgeTask
from engine.commands.withdraw_clause import WithdrawClause
from engine.commands.withdraw_note import WithdrawNote
from engine.model import Clause, Document, Negotiation, Note, UserTask
from tests.access.people import PLACES
from tests.access.planting import word_file
from tests.access.two_towns import TwoTowns


@dataclass(frozen=True)
class Things:
    """One case and what lies in it."""

    case_id: str
    town_union: str
    hr: str
    task_id: str
    note_id: str
    document_id: str
    clauses: tuple[Clause, ...]


def things_of(towns: TwoTowns, place: str) -> Things:
    rows, case_id = towns.city.rows, towns.cases[place]
    held = rows(UserTask, UserTask.case_id == case_id, UserTask.assignee_id.is_not(None))
    held = [task for task in held if task.state == "claimed"]
    hr = PLACES[place]["hr"]
    notes = rows(Note, Note.case_id == case_id, Note.author_id == towns.city.actor(hr).person_id)
    files = rows(Document, Document.case_id == case_id, Document.status == "working", Document.circle == "employer")
    talks = rows(Negotiation, Negotiation.case_id == case_id)
    clauses = rows(Clause, Clause.negotiation_id == talks[0].id) if talks else []
    return Things(
        case_id=case_id,
        town_union=PLACES[place]["town_union"],
        hr=hr,
        task_id=held[0].id if held else "none",
        note_id=next((note.id for note in notes if note.circle == "everybody" and not note.withdrawn_at), "none"),
        document_id=files[0].id if files else "none",
        clauses=tuple(sorted(clauses, key=lambda clause: clause.position)),
    )


def note(circle: str) -> Callable[[Things], Any]:
    return lambda things: AddNote(case_id=things.case_id, text="一句话", circle=circle)


def file(circle: str) -> Callable[[Things], Any]:
    content = word_file("一句话")
    return lambda things: AttachDocument(case_id=things.case_id, filename="a.docx", content=content, circle=circle)


def reasoned(command: Any) -> Callable[[Things], Any]:
    return lambda things: command(case_id=things.case_id, reason="按规定")


def propose(things: Things) -> Any:
    clause = things.clauses[1]
    return ProposeClause(case_id=things.case_id, clause_id=clause.id, revision=clause.revision, text="另一种写法")


def agree(things: Things) -> Any:
    clause = things.clauses[1]
    return AgreeToClause(case_id=things.case_id, clause_id=clause.id, step_id=clause.worker_step_id or "none")


def withdraw(things: Things) -> Any:
    return WithdrawClause(case_id=things.case_id, clause_id=things.clauses[1].id, reason="按规定")


def note_on_clause(things: Things) -> Any:
    return NoteOnClause(case_id=things.case_id, clause_id=things.clauses[0].id, text="一句话")


def upload(things: Things) -> Any:
    content = word_file("一句话")
    return UploadDocument(field_key="file", filename="a.docx", media_type="", content=content, task_id=things.task_id)


ACTS: dict[str, Callable[[Things], Any]] = {
    **{f"write a note for {circle}": note(circle) for circle in ("worker", "employer", "chiefs", "sides", "office")},
    "write a note for everybody": note("everybody"),
    "withdraw a note of the personnel office": lambda things: WithdrawNote(note_id=things.note_id),
    **{f"attach a file for {circle}": file(circle) for circle in ("worker", "office", "everybody")},
    "settle a file of the employers": lambda things: SettleDocument(document_id=things.document_id, status="final"),
    "propose a text": propose,
    "agree to the text of the workers": agree,
    "withdraw the text of the workers": withdraw,
    "write a note on a clause": note_on_clause,
    "save a draft": lambda things: SaveDraft(task_id=things.task_id, answers={}),
    "upload a file to the task": upload,
    "release the task": lambda things: ReleaseTask(task_id=things.task_id),
    "assign the task": lambda things: AssignTask(task_id=things.task_id, assignee="nobody", reason="按规定"),
    "urge": lambda things: UrgeTask(task_id=things.task_id),
    "send copies": lambda things: SendCopies(case_id=things.case_id, to=(things.town_union,)),
    "suspend": reasoned(SuspendCase),
    "resume": reasoned(ResumeCase),
    "cancel": reasoned(CancelCase),
    "appoint": lambda things: AppointParties(
        case_id=things.case_id, role="enterprise_hr", persons=(things.hr,), reason="按规定"
    ),
}
