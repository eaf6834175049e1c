"""Cases that belong together: one goes on where another ended, or was opened to support one that runs."""

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.model import CaseLink

NEXT = "next"
SUPPORT = "support"


def tell_those_it_supports(folder: CaseWork) -> None:
    """A case has ended: those for which it was opened hear of it."""
    mine = (CaseLink.to_case_id == folder.case.id, CaseLink.kind == SUPPORT)
    for case_id in folder.work.session.scalars(select(CaseLink.from_case_id).where(*mine).order_by(CaseLink.id)):
        folder.work.enqueue("support_ended", {"case_id": case_id, "ended": folder.case.id})
