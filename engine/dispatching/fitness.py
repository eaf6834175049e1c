"""Whether one expert may be dispatched to one case: what the ranking would say of them alone."""

from datetime import timedelta

from engine.case_work import CaseWork
from engine.dispatching.candidates import candidates
from engine.dispatching.ranking import Reason, Wish, rank
from engine.dispatching.shortlists import Wanted, matter_of


def why_not(folder: CaseWork, wanted: Wanted, person_id: str) -> tuple[Reason, ...]:
    """Empty when nothing is known against them; codes as in a ranking."""
    matter = matter_of(folder, counterparty=wanted.counterparty, side=wanted.side)
    work = folder.work
    known = candidates(
        work.session, matter, profession=wanted.profession, now=work.now, recent=timedelta(days=1), only=person_id
    )
    mine = rank(known, Wish(case_id=folder.case.id))
    if not mine:
        return (Reason("not_in_register"),)
    return mine[0].reasons if mine[0].rank is None else ()
