from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.command import Command
from engine.definitions.draft_files import key_and_name, must_fit
from engine.definitions.empty_process import empty_process
from engine.definitions.places import runs
from engine.definitions.story_sources import story_files
from engine.deploying import files_of_version
from engine.drafting import digest_of, record_draft
from engine.errors import Problem, Rejected
from engine.groups import DESIGNERS
from engine.model import Deployment, DraftFile, ProcessDraft
from engine.model.base_model import new_id
from engine.permissions import must_be_in
from engine.work import Work


class DraftOfNothing(Rejected):
    """A draft is made of a deployed process, of a name, or of files."""


@dataclass(frozen=True, kw_only=True)
class StartProcessDraft(Command[str]):
    """Begin a draft: a copy of the newest or of a given version of a process, an empty process of a name, or files.

    `gaps` and `vendor` are those of a diagram that another tool wrote. Gives the id.
    """

    process: str | None = None
    version: int | None = None
    name: str | None = None
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    gaps: tuple[Mapping[str, Any], ...] = ()
    vendor: str | None = None

    def about(self) -> dict[str, str]:
        return {"process": self.process or "", "files": ", ".join(sorted(self.files))[:500]}

    def uploads(self) -> tuple[bytes, ...]:
        return tuple(self.files.values())

    def execute(self, work: Work) -> str:
        must_be_in(work.actor, DESIGNERS)
        base, files = self._beginning(work)
        must_fit(files)
        key, name = key_and_name(files)
        draft = ProcessDraft(
            id=new_id(), process=key or self.process or "", name=name or self.name or key or self.process or "",
            based_on=base.id if base else None, created_by=work.actor.person_id, created_at=work.now,
            updated_by=work.actor.person_id, updated_at=work.now, vendor=self.vendor, gaps=[dict(g) for g in self.gaps],
            revision=1,
        )  # fmt: skip
        work.session.add(draft)
        work.session.flush()
        work.session.add_all(DraftFile(draft_id=draft.id, path=path, content=files[path]) for path in sorted(files))
        facts = {"based_on": base.version if base else None, "files": len(files), "sha256": digest_of(files)}
        record_draft(work, "process_draft_started", draft, **facts)
        return draft.id

    def _beginning(self, work: Work) -> tuple[Deployment | None, dict[str, bytes]]:
        """The version it is based on, and its files. Raises ProcessUnknown, DraftOfNothing."""
        if self.process:
            base, _ = work.catalogue.version(work.session, self.process, self.version)
            return base, _without_the_citys_rules(files_of_version(work.session, base.id), process=self.process)
        if self.files:
            key, _ = key_and_name(self.files)
            return work.catalogue.newest(work.session, key), dict(self.files)
        if self.name and self.name.strip():
            return None, empty_process(self.name.strip()[:200])
        raise DraftOfNothing(problems=[Problem("name", "required")])


def _without_the_citys_rules(files: dict[str, bytes], *, process: str) -> dict[str, bytes]:
    """A deployment holds the rules of the city as they were; the next one gets them as they are then.

    A deployment from before scenarios were kept gets those of the sources, if they are there.
    """
    own = {path: content for path, content in files.items() if not path.startswith("rules/")}
    return own if own != runs(own) else {**own, **story_files(process)}
