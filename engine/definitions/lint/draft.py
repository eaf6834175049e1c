"""Everything the rules look at: the files of one bundle, read as far as they could be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.calendar.rules import RulePack
from engine.definitions.decisions.decision import Decision
from engine.definitions.form import Form
from engine.definitions.process import Element, Process


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One diagram and all that may be used in it.

    `processes` are all diagrams of the bundle by key, the main one first. `is_complete` is False when a form or table
    could not be read: then not every written name is known.
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

    def steps(self, *types: str) -> list[Element]:
        return self.process.each(*types)
