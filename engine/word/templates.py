"""The door for Word templates: they are read, checked and filled in by a child process with little of everything."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definitions.paper import Paper
from engine.definitions.safe_parse import ask_child
from engine.errors import Problem, Rejected
from engine.model.base_model import exact_dumps
from engine.word.archive import faults

CHILD = "engine.word.child_process"


class TemplateUnusable(Rejected):
    """A Word template cannot be used for this paper."""


@dataclass(frozen=True)
class TemplateProblem:
    """`code` names the sentence in `texts/*/problems.yml`."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


def check_template(content: bytes, paper: Paper) -> tuple[TemplateProblem, ...]:
    """What keeps the file from being a template of this paper: its kind, its fields, a trial with a sample."""
    found = tuple(TemplateProblem(code) for code in faults(content))
    if found:
        return found
    answer = _asked("check", content, paper.sample)
    if answer is None:
        return (TemplateProblem("template_gave_up"),)
    return tuple(TemplateProblem(**problem) for problem in answer["problems"])


def fill_in(content: bytes, facts: Mapping[str, Any]) -> bytes:
    """The finished Word file; the same template and facts give the same bytes. Raises TemplateUnusable."""
    answer = _asked("fill_in", content, facts)
    problems = [TemplateProblem("template_gave_up")] if answer is None else []
    problems += [TemplateProblem(**p) for p in answer["problems"]] if answer else []
    if problems or answer is None:
        raise TemplateUnusable(problems=as_problems(problems))
    return base64.b64decode(answer["content"])


def as_problems(found: list[TemplateProblem] | tuple[TemplateProblem, ...]) -> list[Problem]:
    return [Problem(path="file", code=problem.code, params=problem.params) for problem in found]


def _asked(task: str, content: bytes, facts: Mapping[str, Any]) -> Any | None:
    told = exact_dumps(dict(facts)).encode()
    header = json.dumps({"task": task, "facts": len(told)}).encode() + b"\n"
    return ask_child(CHILD, header + told + content)
