"""Two versions of a process, and what of the one is found in the other."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.catalogue import Catalogue
from engine.definitions.bundle import Bundle
from engine.definitions.kept import Kept
from engine.migrating.judging import Judge
from engine.migrating.matching import Matching, match
from engine.migrating.outlook import Plan
from engine.model import Deployment
from engine.spiff.spec_building import Specs

MOST_PLANS = 32
_judges: Kept[Judge] = Kept(MOST_PLANS)


@dataclass(frozen=True)
class Versions:
    before: Deployment
    after: Deployment
    old: Bundle
    new: Bundle
    matching: Matching
    judge: Judge

    @property
    def rules_differ(self) -> bool:
        return self.old.rules.version != self.new.rules.version


def versions_of(session: Session, catalogue: Catalogue, plan: Plan) -> Versions:
    """Raises ProcessUnknown, ChoiceWrong."""
    one, old = catalogue.version(session, plan.process, plan.from_version)
    other, new = catalogue.version(session, plan.process, plan.to_version)
    key = (old.content_hash, new.content_hash, tuple(sorted(plan.choices.items())))
    judge = _judges.find(key)
    if judge is None:
        matching = match(old.process, new.process, plan.choices)
        judge = Judge(matching, specs(catalogue, old), specs(catalogue, new))
        _judges.keep(key, judge)
    return Versions(one, other, old, new, judge.matching, judge)


def specs(catalogue: Catalogue, bundle: Bundle) -> Specs:
    return catalogue.specs.specs(bundle.content_hash, bundle.process)
