"""All tries of this system: each in a folder of its own below the data folder, kept for a while and then forgotten."""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from engine.catalogue import Catalogue
from engine.definitions.check import Report
from engine.definitions.places import runs
from engine.errors import NotFound
from playing.city import city_with
from playing.journal import FILE, Journal
from playing.stories import bring_stories
from playing.trial import CITY, Trial
from seeds import demo_data

KEPT_FOR = timedelta(days=14)
MOST_OF_ONE = 5  # tries of one designer; the oldest makes room
_ID = re.compile(r"[0-9A-Za-z_-]{8,40}")


class TrialNotFound(NotFound):
    """There is no such try, or it is somebody else's; tries are kept for 14 days."""


@dataclass
class Trials:
    """`folder` may be shared by several hosts."""

    folder: Path
    _known: dict[str, Catalogue] = field(default_factory=dict)

    def open(self, files: Mapping[str, bytes], *, owner: str, draft: str | None = None) -> tuple[str | None, Report]:
        """The id of a new try of these files, and what was said of them; without an id they cannot be deployed.

        Stories among the files are offered to begin with, instead of those of the repository.
        """
        self._make_room(owner)
        trial_id = uuid4().hex
        place = self.folder / trial_id
        place.mkdir(parents=True)
        report, _ = city_with(place / CITY, runs(files))
        if report.bundle is None:
            shutil.rmtree(place)
            return None, report
        bundle = report.bundle
        bring_stories(place, bundle.process_key, files)
        opened = datetime.now(UTC).isoformat(timespec="microseconds")  # two may be opened in one second
        Journal(trial_id, owner, bundle.process_key, bundle.name, opened, draft=draft).write(place)
        return trial_id, report

    def find(self, trial_id: str, *, owner: str) -> Trial:
        """Raises TrialNotFound."""
        place = self.folder / trial_id
        if not _ID.fullmatch(trial_id) or not (place / FILE).is_file() or Journal.read(place).owner != owner:
            raise TrialNotFound(trial=trial_id[:40])
        if len(self._known) > MOST_OF_ONE * 10:
            self._known.clear()
        return Trial(place, self._known.setdefault(trial_id, Catalogue()))

    def of(self, owner: str) -> tuple[Journal, ...]:
        """The newest first."""
        found = [Journal.read(path.parent) for path in self.folder.glob(f"*/{FILE}")]
        return tuple(sorted((j for j in found if j.owner == owner), key=lambda j: j.opened_at, reverse=True))

    def forget(self, trial_id: str, *, owner: str) -> None:
        """Raises TrialNotFound."""
        shutil.rmtree(self.find(trial_id, owner=owner).folder, ignore_errors=True)
        self._known.pop(trial_id, None)

    def _make_room(self, owner: str) -> None:
        oldest = (datetime.now(UTC) - KEPT_FOR).isoformat(timespec="seconds")
        for path in self.folder.glob(f"*/{FILE}"):
            if Journal.read(path.parent).opened_at < oldest:
                shutil.rmtree(path.parent, ignore_errors=True)
        for journal in self.of(owner)[MOST_OF_ONE - 1 :]:
            self.forget(journal.id, owner=owner)


def players(groups: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """(username, name) of the demo people of these groups, in the order of the groups; all people by default."""
    people = tuple(demo_data.people())
    if not groups:
        return tuple((person.username, person.name) for person in people)
    seats = [
        (groups.index(seat.group), n) for n, p in enumerate(people) for seat in p.enrolments if seat.group in groups
    ]
    chosen = (people[n] for _, n in sorted(seats))
    return tuple({person.username: person.name for person in chosen}.items())
