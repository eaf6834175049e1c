"""The checked XML, forms and rules of a bundle, read together; what cannot be read becomes problems."""

from collections.abc import Mapping
from dataclasses import replace
from time import thread_time
from typing import Any

from lxml import etree

from engine.calendar.rules import RulePack
from engine.definitions import limits
from engine.definitions.calling import main_first
from engine.definitions.decisions.coverage import Budget
from engine.definitions.decisions.decision import Decision
from engine.definitions.decisions.file_reading import read_decisions
from engine.definitions.form import Form, problem_text
from engine.definitions.kept_readings import form_of, process_of
from engine.definitions.lint import Draft
from engine.definitions.lint.tables import about_rows
from engine.definitions.lint_problem import LintProblem, error
from engine.errors import DefinitionError


class BundleReading:
    """`files` holds canonical XML; `origins` the uploaded line of each of its lines."""

    def __init__(self, files: Mapping[str, bytes], *, origins: Mapping[str, tuple[int, ...]]) -> None:
        self.files = files
        self.origins = origins
        self.problems: list[LintProblem] = []
        self._unread_forms: set[str] = set()
        self._unread_decisions: set[str] = set()

    def drafts(self, *, services: frozenset[str], groups: frozenset[str]) -> list[Draft]:
        """One for each diagram, the main one first."""
        read = {path: process_of(xml, origins=self.origins[path]) for path, xml in self._each(".bpmn")}
        processes = main_first(read.values())
        shared = {"processes": processes, "services": services, "groups": groups, **self._files_beside(), "notes": {}}
        paths = sorted(read, key=lambda path: list(processes).index(read[path].key))
        first = {process.key: path for path, process in reversed(read.items()) if process is processes[process.key]}
        for path in paths:
            if path != first[read[path].key]:
                self._say("process_twice", path=path, process=read[path].key)
        return [Draft(process=read[path], tree=_tree(self.files[path]), path=path, **shared) for path in paths]

    def _files_beside(self) -> dict[str, Any]:
        return {
            "forms": self._forms(),
            "decisions": self._decisions(),
            "rules": self._rules(),
            "unread_forms": frozenset(self._unread_forms),
            "unread_decisions": frozenset(self._unread_decisions),
            "form_texts": {path: source.decode("utf-8", "replace") for path, source in self._each(".form")},
        }

    def _each(self, ending: str) -> list[tuple[str, bytes]]:
        return sorted((path, source) for path, source in self.files.items() if path.endswith(ending))

    def _forms(self) -> dict[str, Form]:
        found: dict[str, Form] = {}
        began = thread_time()
        for path, source in self._each(".form"):
            if thread_time() - began > limits.FORM_CPU_SECONDS:
                self._unread_forms.add(path.rpartition("/")[2].removesuffix(".form"))
                self._say("reader_gave_up", path=path)
                break
            try:
                form = form_of(source, path)
            except DefinitionError as refusal:
                self._unread_forms.add(path.rpartition("/")[2].removesuffix(".form"))
                self._say_refusal(refusal, "form_problem", path=path)
                continue
            if form.id in found:
                self._say("form_twice", path=path, form=form.id)
            found[form.id] = form
        return found

    def _decisions(self) -> dict[str, Decision]:
        found: dict[str, Decision] = {}
        began, budget = thread_time(), Budget()
        for path, source in self._each(".dmn"):
            left = limits.DECISION_CPU_SECONDS - (thread_time() - began)
            read = read_decisions(source, origins=self.origins[path], seconds=left)
            self.problems += [replace(p, path=path) for p in (*read.problems, *about_rows(read, budget))]
            self._unread_decisions |= read.unread
            for decision in read.decisions:
                if decision.id in found:
                    self._say("decision_twice", path=path, decision=decision.id)
                found[decision.id] = decision
        return found

    def _rules(self) -> RulePack:
        try:
            return RulePack.load(dict(self._each(".yml")))
        except DefinitionError as refusal:
            self._say_refusal(refusal, "rule_problem", path="rules/")
            return RulePack.load({})

    def _say_refusal(self, refusal: DefinitionError, code: str, *, path: str) -> None:
        """One problem for each that the reader of the file found."""
        for problem in refusal.problems:
            said = {"detail": problem_text(problem, "zh"), "detail_en": problem_text(problem, "en")}
            self._say(code, path=path, place=problem.path or "—", **said)
        if not refusal.problems:
            self._say(code, path=path, place="—", detail=refusal.code, detail_en=refusal.code)

    def _say(self, code: str, *, path: str, **params: str | None) -> None:
        self.problems.append(replace(error(code, file=path, **params), path=path))


def _tree(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
