"""What the processes of this city may call, by the type written in the diagram."""

from collections.abc import Mapping

from engine.services import Errand, Service
from services import ballot, demand, dispatch, negotiation, survey
from services.clocks import extend, pause, resume
from services.contract import fingerprint
from services.effects import record_effect
from services.next_case import open_next, open_support
from services.notices import send
from services.papers import MAKE, make, make_later
from services.representatives import appoint, check_representatives

SERVICES: Mapping[str, Service] = {
    "ballot/abort": ballot.abort,
    "ballot/close": ballot.close,
    "ballot/open": ballot.open_,
    "case/open_next": open_next,
    "case/open_support": open_support,
    "case/record_effect": record_effect,
    "clocks/extend": extend,
    "clocks/pause": pause,
    "clocks/resume": resume,
    "contract/fingerprint": fingerprint,
    "demand/close": demand.close,
    "demand/open": demand.open_,
    "dispatch/accept": dispatch.accept,
    "dispatch/call_off": dispatch.call_off,
    "dispatch/candidates": dispatch.candidates,
    "dispatch/duplicates": dispatch.duplicates,
    "dispatch/facts": dispatch.facts,
    "dispatch/recuse": dispatch.recuse,
    "dispatch/release": dispatch.release,
    "dispatch/shortlist": dispatch.shortlist,
    "dispatch/standing": dispatch.standing,
    "dispatch/take_over": dispatch.take_over,
    "document/make": make,
    "negotiation/close": negotiation.close,
    "negotiation/open": negotiation.open_,
    "notices/send": send,
    "parties/appoint": appoint,
    "parties/check_representatives": check_representatives,
    "survey/count": survey.count,
    "survey/drop": survey.drop,
    "survey/extend": survey.extend,
    "survey/open": survey.open_,
}

ERRANDS: Mapping[str, Errand] = {MAKE: make_later}
