"""A visit that was planned on one version of its process and is checked on the next, in which much has other names."""

from engine.commands.migrate_case import MigrateCase
from engine.model import HistoryEntry
from tests.engine.conftest import Visits, rule_files
from tests.engine.visits import visit_files

WHY = "新规定自三月起施行"
_CHANGES = {
    "plan_visit": "draft_plan",
    "制定计划": "拟订方案",
    "核对计划": "复核方案",
    'formId="visit_plan"': 'formId="visit_draft"',
    'id="visiting" name="走访"': 'id="visiting" name="上门走访"',
}


def next_files() -> dict[str, bytes]:
    """The step at the beginning is another one with another form, the one behind it and the stage are renamed."""
    files = visit_files(rule_files())
    drawn = files["site_visit.bpmn"].decode()
    for old, new in _CHANGES.items():
        assert old in drawn, old
        drawn = drawn.replace(old, new)
    form = files.pop("forms/visit_plan.form").replace(b"visit_plan", b"visit_draft").replace(b'"plan"', b'"draft"')
    return {**files, "site_visit.bpmn": drawn.encode(), "forms/visit_draft.form": form}


def move(visits: Visits, case_id: str, *, to: int = 2) -> None:
    visits.city.run(MigrateCase(case_id=case_id, to_version=to, reason=WHY), by="designer")


def moved(visits: Visits) -> str:
    """Planned on the first version, moved while somebody checks it."""
    case_id = visits.start()
    visits.plan(case_id)
    visits.take(case_id, "check_plan", "town_union")
    visits.city.deploy(next_files())
    move(visits, case_id)
    return case_id


def border(visits: Visits, case_id: str) -> int:
    """The last entry of the history before the move."""
    mine = (HistoryEntry.stream == case_id, HistoryEntry.action == "case_migrated")
    return visits.city.rows(HistoryEntry, *mine)[0].seq - 1
