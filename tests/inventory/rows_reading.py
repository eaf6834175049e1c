"""The rows of the inventory: what BPMN has, a mini-process for each, and what must come of it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.inventory.playing import Story

_FOLDER = Path(__file__).parent / "rows"
_TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class Row:
    """`refused`: codes of the door. `shown`: the id of what is only drawn. Else it executes, `effect` is in the trace.

    `without` are lines that take the place of the lines about the same element; `-id` takes an element out, `-line` a
    line of flows.
    """

    what: str
    section: str
    story: Story
    variant: str = ""
    refused: tuple[str, ...] = ()
    shown: str = ""
    effect: str = ""
    without: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        return f"{self.what}: {self.variant}" if self.variant else self.what

    @cached_property
    def story_without(self) -> Story:
        return self.story_of(changed(self.story.process, self.without))

    def story_of(self, process: str) -> Story:
        """The same story with another process; files that it has no use for are left out."""
        called = {key: text for key, text in self.story.called.items() if f"calls {key}" in process}
        answers = self.story.answers if "form" in process else {}
        return replace(self.story, process=process, called=called, answers=answers)


def rows() -> list[Row]:
    return [row for path in sorted(_FOLDER.glob("*.yml")) for row in _of_file(path)]


def _of_file(path: Path) -> Iterator[Row]:
    section = path.stem.partition("_")[2]
    for written in yaml.safe_load(path.read_text("utf-8")):
        yield Row(
            what=written["what"],
            section=section,
            variant=written.get("as", ""),
            story=_story(written),
            refused=tuple(written.get("refused", ())),
            shown=written.get("shown", ""),
            effect=written.get("effect", ""),
            without=tuple(written.get("without", ())),
        )


def _story(written: Mapping[str, Any]) -> Story:
    tables = {name: (_TABLES / f"{table}.dmn").read_bytes() for name, table in written.get("files", {}).items()}
    forms = {f"forms/{name}.form": _form(name, keys) for name, keys in written.get("forms", {}).items()}
    return Story(
        process=written["process"],
        called=written.get("called", {}),
        files=tables | forms,
        answers=written.get("answers", {}),
        steps=tuple(written.get("steps", ())),
    )


def _form(form_id: str, keys: list[str]) -> bytes:
    fields = [{"type": "textfield", "key": key, "label": key} for key in keys]
    return json.dumps({"id": form_id, "type": "default", "schemaVersion": 19, "components": fields}).encode()


def changed(process: str, lines: tuple[str, ...]) -> str:
    """The same mini-process without some elements, or with others in their place."""
    for line in lines:
        if line.startswith("-") and " -> " in line:
            process = "".join(f"{old}\n" for old in process.splitlines() if old != line[1:])
        elif line.startswith("-"):
            process = _taken_out(process, line[1:])
        elif _subject(line) in map(_subject, process.splitlines()):
            process = _put_in(process, line)
        else:
            process += f"{line}\n"
    return process


def _subject(line: str) -> str:
    """The element that a line declares, or the way that a flow takes."""
    text = line.strip()
    if " -> " in text and not text.startswith("line "):
        return text.partition(" ? ")[0]
    found = re.match(r"\w+ (\w+)(?=:|$)", text)
    return found[1] if found else text


def _put_in(process: str, line: str) -> str:
    kept: list[str] = []
    skipping = False
    for old in process.splitlines():
        if skipping and old.startswith("    "):
            continue
        skipping = _subject(old) == _subject(line) and not old.startswith("    ")
        is_it = _subject(old) == _subject(line)
        kept.append(f"{old[: len(old) - len(old.lstrip())]}{line}" if is_it else old)
        skipping = skipping and not line.endswith(":")
    return "\n".join(kept) + "\n"


def _taken_out(process: str, element: str) -> str:
    """The element, what is inside it, and what begins with it; ways through it are closed up."""
    kept: list[str] = []
    inside = False
    orphans: set[str] = set()
    for line in process.splitlines():
        if inside and line.startswith("    "):
            continue
        inside = _subject(line) == element
        ways = line.strip().split(" -> ")
        if inside or (len(ways) == 1 and _subject(line) in orphans):
            continue
        if len(ways) > 1 and ways[0].removeprefix("line ") == element:
            orphans |= set(ways[1:])
        elif len(ways) > 1 and ways[-1] == element and len(ways) == 2:
            continue
        elif element in ways:
            indent = line[: len(line) - len(line.lstrip())]
            kept.append(indent + " -> ".join(way for way in ways if way != element))
        else:
            kept.append(line)
    return "\n".join(line for line in kept if _subject(line) not in orphans) + "\n"
