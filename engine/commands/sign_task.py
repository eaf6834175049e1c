from dataclasses import dataclass

from sqlalchemy import select

from engine.audit import digest
from engine.case_work import CaseWork
from engine.circles import Circle
from engine.command import Command
from engine.commands.complete_task import complete_handed_in
from engine.cosigning import requests
from engine.cosigning.rounds import bring_back
from engine.model import Cosignature, Document, UserTask
from engine.model.cosignature import NotACosignature, Verdict
from engine.model.document import DocumentStatus
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class SignTask(Command[str]):
    """Say whether you agree with a task that you were asked to sign, and why; your files go with it.

    Gives the id of the case.
    """

    task_id: str
    verdict: str
    opinion: str = ""

    def execute(self, work: Work) -> str:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        if task.principal_id is None:
            raise NotACosignature()
        task.must_be_held(by=work.actor)
        row = work.session.scalars(select(Cosignature).where(Cosignature.task_id == task.id)).one()
        principal = folder.task(task.principal_id)
        assert principal is not None
        self._sign(folder, task, principal, row)
        _go_on(folder, principal, row)
        return folder.case.id

    def _sign(self, folder: CaseWork, task: UserTask, principal: UserTask, row: Cosignature) -> None:
        shown = digest(principal.draft) if principal.draft is not None else None
        row.sign(verdict=self.verdict, opinion=self.opinion.strip(), shown=shown, at=folder.work.now)
        task.sign_off(by=folder.work.actor, at=folder.work.now)
        requests.withdraw(folder, task)
        requests.count_signed(principal, row)
        _file_documents(folder, task, row)
        # What is said is for the circle; that it was said, and that it stays what it was, is for everybody.
        said = digest({"verdict": row.verdict, "opinion": row.opinion})
        facts = {"mode": row.mode, "opinion_sha256": said} | ({"shown_sha256": shown} if shown else {})
        folder.record("task_signed", element_id=task.element_id, task_id=task.id, details=facts)


def _go_on(folder: CaseWork, principal: UserTask, row: Cosignature) -> None:
    """What was handed in is complete once all agree; who disagrees sends it back to be changed."""
    if principal.handed_in_at is None:
        requests.tell_holder(folder, principal, kind="cosign_answered")
    elif row.verdict == Verdict.DISAGREE:
        bring_back(folder, principal)
        folder.record("task_brought_back", element_id=principal.element_id, task_id=principal.id)
        requests.tell_holder(folder, principal, kind="cosign_brought_back")
    elif any(principal.signatures_awaited.values()):
        requests.tell_holder(folder, principal, kind="cosign_answered")
    else:
        complete_handed_in(folder, principal)


def _file_documents(folder: CaseWork, task: UserTask, row: Cosignature) -> None:
    """Its files are for the same eyes as the opinion."""
    drafts = select(Document).where(Document.task_id == task.id, Document.status == DocumentStatus.DRAFT)
    for document in folder.work.session.scalars(drafts):
        document.status, document.circle = DocumentStatus.FILED, row.circle
        if row.circle == Circle.EVERYBODY:
            folder.record("document_filed", details={"document": document.id, "sha256": document.sha256})
