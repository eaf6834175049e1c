"""Forms: form-js schemas, read once, that accept answers and can be shown."""

from engine.definitions.form.choices import Document, Option
from engine.definitions.form.form import Accepted, Form
from engine.definitions.form.problems import AnswersRejected, FormExpressionFailed, FormRefused, problem_text
from engine.definitions.form.view import FormView

__all__ = [
    "Accepted",
    "AnswersRejected",
    "Document",
    "Form",
    "FormExpressionFailed",
    "FormRefused",
    "FormView",
    "Option",
    "problem_text",
]
