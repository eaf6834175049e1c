"""A deployment: one diagram with its decision tables, forms and rule pack, immutable and named by its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from engine.calendar.rules import RulePack
from engine.definitions.content_hash import content_hash
from engine.definitions.decisions import Decision, read_decisions
from engine.definitions.form import Form
from engine.definitions.process import Process
from engine.definitions.process_file import read_process
from engine.errors import DefinitionError


class NotOneDiagram(DefinitionError):
    """A bundle holds exactly one .bpmn file."""


@dataclass(frozen=True)
class Bundle:
    """`files` are the canonical files by path; decision tables and forms are read when they are first needed."""

    process: Process
    files: Mapping[str, bytes]
    content_hash: str
    xml: bytes

    @classmethod
    def load(cls, files: Mapping[str, bytes]) -> Self:
        """A bundle from stored files that passed the door once; nothing is checked again."""
        diagrams = [path for path in files if path.endswith(".bpmn")]
        if len(diagrams) != 1:
            raise NotOneDiagram(diagrams=diagrams)
        xml = files[diagrams[0]]
        return cls(read_process(xml), dict(files), content_hash(files), xml)

    @property
    def process_key(self) -> str:
        return self.process.key

    @property
    def name(self) -> str:
        return self.process.name

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        found = (Form.parse(source, path) for path, source in self.files.items() if path.endswith(".form"))
        return {form.id: form for form in found}

    @cached_property
    def decisions(self) -> Mapping[str, Decision]:
        tables = [source for path, source in self.files.items() if path.endswith(".dmn")]
        return {decision.id: decision for source in tables for decision in read_decisions(source).decisions}

    @cached_property
    def rules(self) -> RulePack:
        return RulePack.load({path: source for path, source in self.files.items() if path.startswith("rules/")})
