"""Everything the rules look at: the files of one bundle, read as far as they could be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from lxml import etree

from engine.calendar.rules import RulePack
from engine.definitions.decisions.decision import Decision
from engine.definitions.form import Form
from engine.definitions.process import Element, Process

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One diagram and all that may be used in it.

    `processes` are all diagrams of the bundle by key, the main one first. `is_complete` is False when a form or table
    could not be read: then not every written name is known. `notes` is what rules worked out once for all diagrams.
    """

    process: Process
    tree: etree._Element
    path: str
    processes: Mapping[str, Process]
    forms: Mapping[str, Form]
    decisions: Mapping[str, Decision]
    rules: RulePack
    services: frozenset[str]
    groups: frozenset[str]
    unread_forms: frozenset[str] = frozenset()
    unread_decisions: frozenset[str] = frozenset()
    form_texts: Mapping[str, str] = field(default_factory=dict)
    notes: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def main(self) -> Process:
        """What cases are opened of; it calls the others."""
        return next(iter(self.processes.values()))

    @property
    def is_main(self) -> bool:
        return self.process is self.main

    @property
    def is_complete(self) -> bool:
        return not self.unread_forms and not self.unread_decisions

    def once(self, key: Any, work_out: Callable[[], T]) -> T:
        """What several rules need, worked out by the first that asks."""
        if key not in self.notes:
            self.notes[key] = work_out()
        return self.notes[key]  # type: ignore[no-any-return]

    def steps(self, *types: str) -> list[Element]:
        return self.process.each(*types)
