"""Deployed bundles and the working-day calendar, read once and kept while the process lives."""

import time
from collections.abc import Callable, Mapping
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.calendar import WorkCalendar
from engine.calendar.rules import RulePack
from engine.definitions.bundle import Bundle
from engine.errors import NotFound
from engine.model import CalendarDay, CalendarYear, Deployment, DeploymentFile, ProcessInstance
from engine.spiff.spec_shelf import SpecShelf

REGION = "CN"
_CALENDAR_SECONDS = 30


class ProcessUnknown(NotFound):
    """No process of this name is deployed."""


class Catalogue:
    """Bundles never change, so a bundle once read is right for ever; the calendar is looked at again after 30 s."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.specs = SpecShelf()
        self._bundles: dict[str, Bundle] = {}
        self._calendar: tuple[float, WorkCalendar] | None = None
        self._clock = clock
        self._lock = Lock()

    def with_same_definitions(self) -> "Catalogue":
        """A catalogue that knows the bundles, which never change, and has forgotten everything else."""
        fresh = Catalogue(self._clock)
        fresh.specs, fresh._bundles = self.specs, self._bundles
        return fresh

    def bundle(self, session: Session, deployment_id: str) -> Bundle:
        found = self._bundles.get(deployment_id)
        if found is None:
            rows = session.execute(
                select(DeploymentFile.path, DeploymentFile.content).where(DeploymentFile.deployment_id == deployment_id)
            )
            found = Bundle.load(dict(rows.all()))
            with self._lock:
                self._bundles[deployment_id] = found
        return found

    def rules(self, session: Session, instance: ProcessInstance) -> RulePack:
        """Those of its version, or of an older one that it keeps; what only its version has is added."""
        now = self.bundle(session, instance.deployment_id).rules
        if instance.rules_id is None:
            return now
        return self.bundle(session, instance.rules_id).rules.filled_up_from(now)

    def latest(self, session: Session, process: str) -> tuple[Deployment, Bundle]:
        """The newest deployment of a process. Raises ProcessUnknown."""
        return self.version(session, process, None)

    def version(self, session: Session, process: str, version: int | None) -> tuple[Deployment, Bundle]:
        """One version of a process, without a number the newest. Raises ProcessUnknown."""
        deployment = self.newest(session, process) if version is None else _version(session, process, version)
        if deployment is None:
            raise ProcessUnknown(process=process)
        return deployment, self.bundle(session, deployment.id)

    def newest(self, session: Session, process: str) -> Deployment | None:
        query = select(Deployment).where(Deployment.process == process)
        return session.scalars(query.order_by(Deployment.version.desc()).limit(1)).first()

    def with_rules(self, session: Session, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """A bundle that brings no rule files gets those of the city: of the newest deployment."""
        if any(path.startswith("rules/") for path in files):
            return dict(files)
        newest = select(Deployment.id).order_by(Deployment.deployed_at.desc(), Deployment.version.desc()).limit(1)
        rules = select(DeploymentFile.path, DeploymentFile.content).where(
            DeploymentFile.deployment_id == newest.scalar_subquery(), DeploymentFile.path.startswith("rules/")
        )
        return {**files, **dict(session.execute(rules).all())}

    def calendar(self, session: Session) -> WorkCalendar:
        known = self._calendar
        if known is None or self._clock() - known[0] > _CALENDAR_SECONDS:
            known = (self._clock(), read_calendar(session))
            self._calendar = known
        return known[1]

    def forget_calendar(self) -> None:
        self._calendar = None


def _version(session: Session, process: str, version: int) -> Deployment | None:
    return session.scalars(
        select(Deployment).where(Deployment.process == process, Deployment.version == version)
    ).first()


def read_calendar(session: Session) -> WorkCalendar:
    """The calendar as the database has it now; its version says which one made a deadline."""
    days = session.scalars(select(CalendarDay).where(CalendarDay.region == REGION))
    years = session.scalars(select(CalendarYear.year).where(CalendarYear.region == REGION))
    return WorkCalendar.of(region=REGION, days=days, official_years=years)
