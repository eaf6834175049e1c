"""What was done in a try so far: enough to go on after a restart, and to tell it as a scenario."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import yaml

from playing.written import StoryDumper, plain

FILE = "journal.yml"


@dataclass
class Journal:
    """`steps` are those of a scenario; `owner` is the person id of who tries, `draft` the draft that is tried.

    `kept` are the numbers of steps before which the city was kept: one may go back to there.
    """

    id: str
    owner: str
    process: str
    name: str
    opened_at: str
    draft: str | None = None
    case_id: str | None = None
    start: dict[str, Any] | None = None
    steps: list[dict[str, Any]] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)

    @classmethod
    def read(cls, folder: Path) -> Self:
        told = yaml.load((folder / FILE).read_text("utf-8"), Loader=yaml.CSafeLoader)
        return cls(**told)

    def write(self, folder: Path) -> None:
        """All or nothing: a file that was half written when the machine stopped is never read."""
        beside = folder / f"{FILE}.new"
        text = yaml.dump(plain(asdict(self)), Dumper=StoryDumper, allow_unicode=True, sort_keys=False)
        beside.write_text(text, "utf-8")
        beside.replace(folder / FILE)

    def story(self, *, description: str, ends_at: str | None) -> dict[str, Any]:
        """As a scenario file tells it."""
        end: Mapping[str, Any] = {"ends_at": ends_at} if ends_at else {}
        return {"description": description, "start": self.start or {}, "steps": self.steps, **end}
