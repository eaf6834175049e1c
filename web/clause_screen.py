"""One clause as its page shows it: both texts, what was typed, what may be done, which texts are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import EngineError
from engine.queries.negotiation_rows import ClauseFile, ClauseRow, NegotiationRow, StepRow
from engine.wording import Piece, changes


@dataclass(frozen=True)
class Typed:
    """What a negotiator wrote, and what of the clause was seen while writing."""

    text: str
    applies: bool
    reason: str
    revision: int

    @classmethod
    def of(cls, form: Mapping[str, str]) -> "Typed":
        seen = form.get("revision", "")
        return cls(
            text=form.get("text", ""),
            applies=form.get("applies") != "0",
            reason=form.get("reason", ""),
            revision=int(seen) if seen.isdecimal() and len(seen) < 10 else -1,
        )

    @property
    def words(self) -> dict[str, Any]:
        return {"text": self.text, "applies": self.applies, "reason": self.reason, "revision": self.revision}


@dataclass(frozen=True)
class ClauseScreen:
    """`typed` is what the form begins with; `missed` leads from it to the text that came meanwhile."""

    table: NegotiationRow
    file: ClauseFile
    typed: Typed
    said: str | None = None
    problems: Mapping[str, str] | None = None
    missed: tuple[Piece, ...] = ()
    one: StepRow | None = None
    other: StepRow | None = None

    @classmethod
    def of(
        cls,
        table: NegotiationRow,
        file: ClauseFile,
        asked: Mapping[str, str],
        *,
        typed: Typed | None,
        said: str | None,
        refusal: EngineError | None,
    ) -> "ClauseScreen":
        one, other = _compared(file, asked)
        begun = typed or _beginning(table, file)
        problems = {p.path: p.code for p in refusal.problems} if refusal else {}
        newest = file.texts[-1] if file.texts else None
        has_missed = refusal is not None and refusal.code == "clause_changed" and newest is not None
        missed = changes(newest.text or "", begun.text) if has_missed and newest else ()
        fresh = Typed(begun.text, begun.applies, begun.reason, file.clause.revision)
        return cls(table, file, fresh, said, problems, missed, one, other)

    @property
    def clause(self) -> ClauseRow:
        return self.file.clause

    @property
    def seen(self) -> tuple[Any, ...]:
        """Everything the live part of the page shows."""
        return (self.file, self.table.seats, self.one, self.other, self.table.agreed)

    @property
    def between(self) -> tuple[Piece, ...]:
        if self.one is None or self.other is None:
            return ()
        return changes(self.one.text or "", self.other.text or "")

    @property
    def before(self) -> ClauseRow | None:
        return self._beside(-1)

    @property
    def after(self) -> ClauseRow | None:
        return self._beside(1)

    def _beside(self, step: int) -> ClauseRow | None:
        at = [clause.id for clause in self.table.clauses].index(self.clause.id) + step
        return self.table.clauses[at] if 0 <= at < len(self.table.clauses) else None


def _beginning(table: NegotiationRow, file: ClauseFile) -> Typed:
    """A form begins with the side's own text, else with the other's, else with what was agreed before."""
    clause = file.clause
    own, theirs = (clause.worker, clause.employer) if table.side == "worker" else (clause.employer, clause.worker)
    last = own or theirs or (file.texts[-1] if file.texts else None)
    applies = last.applies is not False if last else True
    return Typed(last.text or "" if last else "", applies, "", clause.revision)


def _compared(file: ClauseFile, asked: Mapping[str, str]) -> tuple[StepRow | None, StepRow | None]:
    """Two texts by the choice of the reader; else those on the table; else the last two."""
    by_id = {text.id: text for text in file.texts}
    chosen = by_id.get(asked.get("one", "")), by_id.get(asked.get("other", ""))
    if all(chosen):
        return chosen
    clause = file.clause
    if clause.worker and clause.employer:
        older, newer = sorted((clause.worker, clause.employer), key=lambda row: row.seq)
        return older, newer
    return (file.texts[-2], file.texts[-1]) if len(file.texts) > 1 else (None, None)
