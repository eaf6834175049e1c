from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.actor import SYSTEM
from engine.command import Command
from engine.definitions.check import Report, check_bundle
from engine.deploying import keep_report, revive_report, store_version
from engine.errors import NotAllowed
from engine.groups import DESIGNERS, GROUPS
from engine.permissions import must_be_in
from engine.work import Work


class ReviewRequired(NotAllowed):
    """Here a process becomes a version through a draft that another designer approves."""


@dataclass(frozen=True, kw_only=True)
class Deploy(Command[Report]):
    """Check a bundle of diagram, forms and tables and make it the newest version; the same one again does nothing."""

    files: Mapping[str, bytes] = field(repr=False)
    comment: str = ""

    def about(self) -> dict[str, str]:
        return {"files": ", ".join(sorted(self.files))[:500]}

    def keep(self, result: Report) -> Any:
        return keep_report(result)

    def revive(self, kept: Any) -> Report:
        return revive_report(kept)

    def execute(self, work: Work) -> Report:
        must_be_in(work.actor, DESIGNERS)
        if not work.direct_deployment and work.actor is not SYSTEM:
            raise ReviewRequired()
        files = work.catalogue.with_rules(work.session, self.files)
        report = check_bundle(files, services=work.services, groups=GROUPS)
        if report.bundle is not None:
            store_version(work, report.bundle, comment=self.comment)
        return report
