"""A deployment: one diagram with its decision tables, forms and rule pack, immutable and named by its content."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from engine.calendar.rules import RulePack
from engine.definitions.calling import main_first
from engine.definitions.content_hash import content_hash
from engine.definitions.decisions.decision import Decision
from engine.definitions.decisions.file_reading import read_decisions
from engine.definitions.form import Form
from engine.definitions.kept_readings import form_of, process_of
from engine.definitions.places import runs, stories
from engine.definitions.process import Process
from engine.errors import DefinitionError


class NoDiagram(DefinitionError):
    """A bundle holds at least one .bpmn file."""


@dataclass(frozen=True)
class Bundle:
    """`files` are the canonical files by path; decision tables and forms are read when they are first needed.

    `process` is the main one and knows the elements of those it calls; `diagrams` are all of them, by process key.
    """

    process: Process
    files: Mapping[str, bytes]
    content_hash: str
    diagrams: Mapping[str, bytes]

    @classmethod
    def load(cls, files: Mapping[str, bytes]) -> Self:
        """A bundle from stored files that passed the door once; nothing is checked again."""
        sources = [source for path, source in sorted(files.items()) if path.endswith(".bpmn")]
        if not sources:
            raise NoDiagram()
        read = [(process_of(source), source) for source in sources]
        main, *called = main_first(process for process, _ in read).values()
        diagrams = {process.key: source for process, source in read}
        return cls(main.with_called(called), dict(files), content_hash(runs(files)), diagrams)

    def with_stories(self, stories: Mapping[str, bytes]) -> Self:
        """With scenarios and examples beside it; what it is named by stays what it executes."""
        return replace(self, files={**self.files, **stories})

    @property
    def stories_hash(self) -> str:
        """Empty without stories."""
        beside = stories(self.files)
        return content_hash(beside) if beside else ""

    @property
    def xml(self) -> bytes:
        """The main diagram."""
        return self.diagrams[self.process.key]

    @property
    def process_key(self) -> str:
        return self.process.key

    @property
    def name(self) -> str:
        return self.process.name

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        found = (form_of(source, path) for path, source in self.files.items() if path.endswith(".form"))
        return {form.id: form for form in found}

    @cached_property
    def decisions(self) -> Mapping[str, Decision]:
        tables = [source for path, source in self.files.items() if path.endswith(".dmn")]
        return {decision.id: decision for source in tables for decision in read_decisions(source).decisions}

    @cached_property
    def rules(self) -> RulePack:
        return RulePack.load({path: source for path, source in self.files.items() if path.startswith("rules/")})
