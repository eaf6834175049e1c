"""A draft on its way through two designers, with the jobs in between."""

from collections.abc import Mapping

from engine.commands.publish_process_draft import PublishProcessDraft
from engine.commands.save_process_draft import SaveProcessDraft
from engine.commands.start_process_draft import StartProcessDraft
from engine.commands.submit_process_draft import SubmitProcessDraft
from engine.model import Deployment, ProcessDraft
from engine.queries.drafts import DraftDetail, draft
from tests.city import City
from tests.mails import work_off

AUTHOR, APPROVER = "designer", "designer2"


def begin(city: City, process: str, *, version: int | None = None) -> str:
    return city.run(StartProcessDraft(process=process, version=version), by=AUTHOR)


def look(city: City, draft_id: str) -> DraftDetail:
    with city.engine.reading() as session:
        return draft(session, city.actor(AUTHOR), draft_id)


def change(city: City, draft_id: str, path: str, old: str, new: str) -> None:
    found = look(city, draft_id)
    text = found.files[path].decode()
    assert old in text
    save(city, draft_id, {path: text.replace(old, new, 1).encode()})


def save(city: City, draft_id: str, files: Mapping[str, bytes | None]) -> None:
    revision = look(city, draft_id).row.revision
    city.run(SaveProcessDraft(draft_id=draft_id, revision=revision, files=files), by=AUTHOR)


def publish(city: City, draft_id: str) -> ProcessDraft:
    """Through both designers and the worker."""
    report = city.run(SubmitProcessDraft(draft_id=draft_id, comment="改了一处"), by=AUTHOR)
    assert report.deployable, report.problems
    city.run(PublishProcessDraft(draft_id=draft_id), by=APPROVER)
    work_off(city)
    return city.rows(ProcessDraft, ProcessDraft.id == draft_id)[0]


def versions(city: City, process: str) -> list[Deployment]:
    return sorted(city.rows(Deployment, Deployment.process == process), key=lambda d: d.version)
