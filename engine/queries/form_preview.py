"""A form that is being designed, as somebody would see it who has it as a task."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.calendar.rules import RulePack
from engine.catalogue import Catalogue
from engine.context import CaseWords, actor_words
from engine.definitions.form import Form, FormView


def form_preview(session: Session, actor: Actor, source: str, *, catalogue: Catalogue, now: datetime) -> FormView:
    """Without a case: its variables, its people and its documents are not there. Raises FormRefused."""
    words = CaseWords(
        variables={},
        case=None,
        enterprise=lambda: None,
        rules=RulePack.load(catalogue.with_rules(session, {})),
        calendar=lambda: catalogue.calendar(session),
        now=now,
        extra={**actor_words(actor), "people": list, "documents": list},
    )
    return Form.parse(source.encode(), "forms/preview.form").view(None, words)
