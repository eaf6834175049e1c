"""Stages that no newest version has any more, while cases of older ones, and what was done there, still lie in them."""

from collections.abc import Mapping, Set

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.catalogue import Catalogue
from engine.model import Case, Deployment

StageNames = Mapping[str, tuple[str, str]]
"""Chinese and English name by id."""


def stages_in_use(session: Session, *, process: str | None = None) -> frozenset[str]:
    """Of all cases, or of those of one process. Goes through an index from stage to stage: a step for each of them."""
    first = select(func.min(Case.stage).label("stage"))
    first = first.where(Case.process == process) if process else first
    walk = first.cte("walk", recursive=True)
    following = first.where(Case.stage > walk.c.stage).scalar_subquery()
    walk = walk.union_all(select(following).where(walk.c.stage.is_not(None)))
    return frozenset(session.scalars(select(walk.c.stage).where(walk.c.stage.is_not(None))))


def former_stages(session: Session, gone: Set[str], *, catalogue: Catalogue, process: str | None = None) -> StageNames:
    """What those of `gone` were called last, in one process or in any."""
    found: dict[str, tuple[str, str]] = {}
    newest_first = select(Deployment.id).order_by(Deployment.deployed_at.desc(), Deployment.version.desc())
    newest_first = newest_first.where(Deployment.process == process) if process else newest_first
    for id_ in session.scalars(newest_first).all() if gone else ():
        stages = catalogue.bundle(session, id_).process.stages
        found |= {s.id: (s.name, s.name_en) for s in stages if s.id in gone - found.keys()}
        if found.keys() == gone:
            break
    return found
