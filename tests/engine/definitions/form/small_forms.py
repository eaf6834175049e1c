"""Forms for tests, written in one line each."""

import json
from typing import Any

from engine.definitions.form import AnswersRejected, Form, FormRefused
from engine.errors import Problem

Part = dict[str, Any]


def a_form(*parts: Part, **root: Any) -> Form:
    schema = {"schemaVersion": 19, "id": "sample", "type": "default", "components": list(parts), **root}
    return Form.parse(json.dumps(schema).encode(), "forms/sample.form")


def text(key: str, **more: Any) -> Part:
    return {"type": "textfield", "key": key, "label": key, **more}


def number(key: str, **more: Any) -> Part:
    return {"type": "number", "key": key, "label": key, **more}


def tick(key: str, **more: Any) -> Part:
    return {"type": "checkbox", "key": key, "label": key, **more}


def select(key: str, *values: Any, **more: Any) -> Part:
    options = [{"label": str(value), "value": value} for value in values]
    return {"type": "select", "key": key, "label": key, **({"values": options} if options else {}), **more}


def computed(key: str, expression: str, **more: Any) -> Part:
    return {"type": "expression", "key": key, "expression": expression, **more}


def rows(path: str, *parts: Part, **more: Any) -> Part:
    return {"type": "dynamiclist", "path": path, "label": path, "components": list(parts), **more}


def group(path: str | None, *parts: Part, **more: Any) -> Part:
    return {"type": "group", **({"path": path} if path else {}), "label": "组", "components": list(parts), **more}


def hidden_when(rule: str) -> Part:
    return {"conditional": {"hide": rule}}


REQUIRED: Part = {"validate": {"required": True}}


def problems(form: Form, answers: Any, context: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    """What is wrong, as (path, code); empty when the answers are accepted."""
    return [(problem.path, problem.code) for problem in refused(form, answers, context)]


def refused(form: Form, answers: Any, context: dict[str, Any] | None = None) -> tuple[Problem, ...]:
    try:
        form.accept(answers, context or {})
    except AnswersRejected as refusal:
        return refusal.problems
    return ()


def accepted(form: Form, answers: Any, context: dict[str, Any] | None = None) -> dict[str, Any]:
    return form.accept(answers, context or {}).values


def file_problems(*parts: Part, **root: Any) -> list[tuple[str, str]]:
    """What a form file is refused for, as (path, code)."""
    try:
        a_form(*parts, **root)
    except FormRefused as refusal:
        return [(problem.path, problem.code) for problem in refusal.problems]
    return []
