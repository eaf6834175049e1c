"""The steps of a story in which two sides agree on a text, clause by clause."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.actor import Actor
from engine.commands.agree_to_clause import AgreeToClause
from engine.commands.propose_clause import ProposeClause
from engine.commands.reopen_clause import AnswerReopening, ReopenClause
from engine.engine import Engine
from engine.queries.negotiation import negotiation_table
from engine.queries.negotiation_rows import ClauseRow
from playing.expectations import ScenarioFailed


def negotiate(
    engine: Engine, case_id: str, step: Mapping[str, Any], *, texts: Any, actor: Callable[[str], Actor]
) -> None:
    """`propose` puts the texts on the table, `agree` (if named) consents for the other side.

    `texts` maps heads to texts, or is a list of clauses as the process sees them; what is agreed stays.
    """
    by = actor(step["propose"])
    for clause, words in _paired(_clauses(engine, case_id, by), texts):
        said = {"text": words["内容"] if words["约定"] else words["不涉及理由"], "applies": words["约定"]}
        proposal = ProposeClause(case_id=case_id, clause_id=clause.id, revision=clause.revision, **said)
        step_id = engine.run(proposal, actor=by)
        if "agree" in step:
            consent = AgreeToClause(case_id=case_id, clause_id=clause.id, step_id=step_id)
            engine.run(consent, actor=actor(step["agree"]))


def reopen(engine: Engine, case_id: str, step: Mapping[str, Any], *, actor: Callable[[str], Actor]) -> None:
    """One side asks to open an agreed clause again, the other one consents."""
    by = actor(step["as"])
    (clause,) = (c for c in _clauses(engine, case_id, by) if c.head == step["reopen"])
    engine.run(ReopenClause(case_id=case_id, clause_id=clause.id, reason="文字需要再商量"), actor=by)
    engine.run(AnswerReopening(case_id=case_id, clause_id=clause.id, agrees=True), actor=actor(step["consent"]))


def _clauses(engine: Engine, case_id: str, actor: Actor) -> tuple[ClauseRow, ...]:
    with engine.reading() as session:
        return negotiation_table(session, actor, case_id, catalogue=engine.catalogue, now=engine.now()).clauses


def _paired(clauses: tuple[ClauseRow, ...], texts: Any) -> Iterator[tuple[ClauseRow, Mapping[str, Any]]]:
    wanted = {head: {"约定": True, "内容": text} for head, text in texts.items()} if isinstance(texts, Mapping) else {}
    wanted |= {row["类别"]: row for row in texts} if isinstance(texts, list) else {}
    unknown = wanted.keys() - {clause.head for clause in clauses}
    if unknown:
        raise ScenarioFailed(f"the text has no clause {', '.join(sorted(unknown))}")
    yield from ((clause, wanted[clause.head]) for clause in clauses if _is_due(clause, wanted))


def _is_due(clause: ClauseRow, wanted: Mapping[str, Any]) -> bool:
    return clause.head in wanted and clause.status != "agreed"
