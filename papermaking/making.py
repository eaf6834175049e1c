"""Making a paper of a case: read, render outside of any transaction, file."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.actor import Actor
from engine.commands.keep_paper import KeepPaper
from engine.definitions.paper import Paper
from engine.engine import Engine
from engine.errors import NotFound
from engine.papers import FactsChanged, kept_paper
from engine.queries.paper_templates import template_content
from engine.queries.papers import Sheet, paper_sheet
from engine.word.templates import fill_in
from papermaking.page import html_of, screen_of
from printing import pdf_of

TRIES = 3


class KindUnknown(NotFound):
    """Papers are made as pdf and as docx."""


# The layout of the PDF is the paper's own; only the Word file follows the template.
KINDS: Mapping[str, Callable[[Paper, Mapping[str, Any], bytes], bytes]] = {
    "pdf": lambda paper, facts, _: pdf_of(html_of(paper, facts)),
    "docx": lambda _, facts, template: fill_in(template, facts),
}


def make_paper(engine: Engine, case_id: str, key: str, kind: str, *, actor: Actor) -> str:
    """The id of the document. Raises what `paper_sheet` raises, KindUnknown, PdfUnavailable and TemplateUnusable."""
    must_be_kind(kind)
    for tries in range(1, TRIES + 1):
        try:
            return _made(engine, case_id, key, kind, actor=actor)
        except FactsChanged:
            if tries == TRIES:
                raise
    raise AssertionError


def preview_of(engine: Engine, case_id: str, key: str, *, actor: Actor) -> str:
    """What the paper says now, as a page for the screen; nothing is kept. Raises what `paper_sheet` raises."""
    sheet = _sheet(engine, case_id, key, actor=actor)
    return screen_of(sheet.paper, sheet.facts)


def sample_of(engine: Engine, paper_id: str, version: int, kind: str, *, actor: Actor) -> bytes:
    """The paper of an invented case, from any version of the template. Raises as above."""
    must_be_kind(kind)
    paper = kept_paper(paper_id, actor)
    with engine.reading() as session:
        template = template_content(session, actor, paper_id, version, store=engine.documents)
    return KINDS[kind](paper, paper.sample, template)


def must_be_kind(kind: str) -> None:
    if kind not in KINDS:
        raise KindUnknown()


def _made(engine: Engine, case_id: str, key: str, kind: str, *, actor: Actor) -> str:
    sheet = _sheet(engine, case_id, key, actor=actor)
    command = KeepPaper(
        case_id=case_id,
        key=key,
        kind=kind,
        content=KINDS[kind](sheet.paper, sheet.facts, sheet.template_content),
        facts_sha256=sheet.facts_sha256,
        template=sheet.template if kind == "docx" else 0,
    )
    return engine.run(command, actor=actor)


def _sheet(engine: Engine, case_id: str, key: str, *, actor: Actor) -> Sheet:
    with engine.reading() as session:
        store, now = engine.documents, engine.now()
        return paper_sheet(session, actor, case_id, key, catalogue=engine.catalogue, store=store, now=now)
