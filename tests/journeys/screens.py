"""Every address that a browser can open: who looks at it, and in which ways; or why there is nothing to look at.

Names in an address are ids of `full_city`. A page that is missing here is found by its absence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

OUTSIDE = ""  # nobody is logged in


@dataclass(frozen=True)
class Look:
    """Who looks, one name or several, in which `ways` behind the address; `instead` names other ids than usual."""

    by: str
    ways: tuple[str, ...] = ("",)
    instead: Mapping[str, str] = field(default_factory=dict)


def _look(by: str, *ways: str, **instead: str) -> tuple[Look, ...]:
    return (Look(by, ways or ("",), instead),)


PAGES: Mapping[str, tuple[Look, ...]] = {
    "/audit": _look("auditor"),
    "/ballots/<ballot_id>": _look("rep1"),
    "/ballots/<ballot_id>/abort": _look("chair"),
    "/ballots/<ballot_id>/closing": _look("chair"),
    "/ballots/<ballot_id>/matter": _look("rep1"),
    "/ballots/<ballot_id>/receipt": _look("rep1"),
    "/ballots/<ballot_id>/result": _look("chair", ballot_id="counted_id"),
    "/ballots/<ballot_id>/vote": _look("rep1"),
    "/batches": _look("boss"),
    "/batches/<batch_id>": _look("boss"),
    "/cases": _look("boss", "", "?q=没有这样的"),
    "/cases/<case_id>": _look("union boss"),
    "/cases/<case_id>/audit": _look("union"),
    "/cases/<case_id>/ballots": _look("hr", case_id="vote_id"),
    "/cases/<case_id>/copies": _look("union"),
    "/cases/<case_id>/diagram": _look("union", "", "?step=1"),
    "/cases/<case_id>/dispatch": _look("union"),
    "/cases/<case_id>/documents": _look("union"),
    "/cases/<case_id>/negotiation": _look("chair", case_id="talks_id"),
    "/cases/<case_id>/negotiation/clauses/<clause_id>": _look("chair", case_id="talks_id"),
    "/cases/<case_id>/notes": _look("union"),
    "/cases/<case_id>/papers/<key>": _look("chair", key="paper"),
    "/cases/<case_id>/parties": _look("union"),
    "/cases/<case_id>/timeline": _look("union", "", "?kind=people"),
    "/cases/new": _look("boss"),
    "/cases/new/<process>": _look("boss"),
    "/copies": _look("boss"),
    "/demands/<demand_id>": _look("worker1"),
    "/demands/<demand_id>/names": _look("union", demand_id="reached_id"),
    "/designer": _look("designer designer2"),
    "/designer/check": _look("designer"),
    "/designer/drafts/<draft_id>": _look("designer"),
    "/designer/drafts/<draft_id>/form": _look("designer", "?file=forms/survey_call.form"),
    "/designer/drafts/<draft_id>/table": _look("designer", "?file=skill_allowance.dmn", draft_id="tabled_id"),
    "/designer/drafts/<draft_id>/review": _look("designer2"),
    "/designer/migrations": _look("designer"),
    "/designer/migrations/<run_id>": _look("designer admin"),
    "/designer/processes/<key>/migration": _look("designer admin", "?from=1&to=2", key="migrating"),
    "/designer/processes/<key>/versions": _look("designer", "", "?changes=2", key="versioned"),
    "/designer/tries": _look("designer"),
    "/designer/tries/<trial_id>": (
        *_look("designer"),
        *_look("designer", "?story=single_satisfied", trial_id="new_trial_id"),
    ),
    "/expert": _look("lawyer1 boss"),
    "/dispatch": _look("federation liaison", "", "?order=load"),
    "/dispatch/requests": _look("federation liaison", "", "?closed=1", "?due=late"),
    "/experts": _look("federation", "", "?soon=1", "?q=没有这样的") + _look("security"),
    "/experts/<person_id>": _look("federation", person_id="expert_id"),
    "/experts/import": _look("federation"),
    "/experts/new": _look("federation"),
    "/incidents": _look("admin"),
    "/login": _look(OUTSIDE),
    "/login/first": _look(OUTSIDE),
    "/mails": _look("admin", "", "?state=failed"),
    "/me": _look("boss admin security auditor"),
    "/me/expert": _look("lawyer1 boss"),
    "/me/notices": _look("boss"),
    "/me/password": _look("boss"),
    "/me/stand-ins": _look("town_union"),
    "/me/stand-ins/new": _look("town_union"),
    "/notices": _look("boss"),
    "/online-voting": _look("town_union"),
    "/online-voting/<enterprise_id>": _look("town_union"),
    "/organisations": _look("admin security"),
    "/organisations/<organisation_id>": _look("admin security"),
    "/organisations/new/<kind>": _look("admin"),
    "/papers": _look("union"),
    "/papers/<process>/<key>": _look("union", key="paper"),
    "/people": _look("admin security"),
    "/people/<person_id>": _look("admin security"),
    "/people/<person_id>/memberships": _look("security"),
    "/people/<person_id>/stand-ins": _look("security", person_id="away_id"),
    "/people/new": _look("admin"),
    "/processes": _look("boss"),
    "/processes/<key>": _look("boss"),
    "/requests": _look("boss liaison", "", "?state=closed"),
    "/requests/qr": _look("boss liaison"),
    "/roster-imports/<import_id>": _look("hr") + _look("hr", import_id="flawed_id"),
    "/rosters": _look("town_union"),
    "/rosters/<enterprise_id>": _look("hr"),
    "/surveys/<survey_id>": _look("worker1"),
    "/tasks": _look("boss", "?view=mine", "?view=claimable", "?view=done", "?view=group&q=没有这样的"),
    "/tasks/<task_id>": _look("boss") + _look("boss", task_id="done_id") + _look("hr", task_id="signing_id"),
    "/tasks/<task_id>/<act>": _look("boss"),
    "/tasks/<task_id>/cosign": _look("boss"),
    "/tasks/<task_id>/cosign/removal": _look("boss"),
    "/tasks/<task_id>/done": _look("boss", task_id="done_id"),
    "/tasks/<task_id>/recall": _look("boss", task_id="done_id"),
    "/tasks/<task_id>/return": _look("hr", task_id="returning_id"),
    "/tasks/columns": _look("boss"),
    "/unsubscribe/<token>": _look(OUTSIDE),
    "/views": _look("boss"),
    "/views/<view_id>": _look("boss"),
    "/views/new": _look("boss", "?view=mine&due=7"),
}

FILE, PART, ELSEWHERE = "a file", "a part of a page", "leads to another page"
NO_PAGES: Mapping[str, str] = {
    "/": ELSEWHERE,
    "/assets/<filename>": FILE,
    "/audit/chain": PART,
    "/ballots/<ballot_id>/closing/state": PART,
    "/ballots/<ballot_id>/closing/voters": PART,
    "/ballots/<ballot_id>/files/<document_id>": FILE,
    "/ballots/<ballot_id>/result.pdf": FILE,
    "/ballots/verify.py": FILE,
    "/batches/<batch_id>/result.<kind>": FILE,
    "/calendar/<token>.ics": FILE,
    "/cases/<case_id>/diagram.bpmn": FILE,
    "/cases/<case_id>/evidence": FILE,
    "/cases/<case_id>/film": PART,
    "/cases/<case_id>/papers/<key>/page": PART,
    "/dispatch/board.<kind>": FILE,
    "/dispatch/requests.<kind>": FILE,
    "/designer/drafts/<draft_id>/export": FILE,
    "/documents/<document_id>": FILE,
    "/documents/<document_id>/preview": FILE,
    "/designer/migrations/<run_id>/result.<kind>": FILE,
    "/designer/tries/<trial_id>/diagram": FILE,
    "/designer/tries/<trial_id>/scenario": FILE,
    "/experts/register.xlsx": FILE,
    "/experts/template.xlsx": FILE,
    "/locale/<code>": ELSEWHERE,
    "/papers/<process>/<key>/<version>.docx": FILE,
    "/papers/<process>/<key>/<version>/sample.docx": FILE,
    "/papers/<process>/<key>/sample.pdf": FILE,
    "/processes/<key>.bpmn": FILE,
    "/roster-imports/<import_id>/flaws.xlsx": FILE,
    "/rosters/template.xlsx": FILE,
    "/tasks/<task_id>/preview": PART,
    "/tasks/news": PART,
    "/tasks/suggest": PART,
}
