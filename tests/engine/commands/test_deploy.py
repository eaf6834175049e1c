import pytest

from engine.commands.deploy import Deploy
from engine.model import Deployment, DeploymentFile
from engine.permissions import NotInGroup
from tests.engine.conftest import Visits, rule_files
from tests.engine.visits import visit_files


def _changed() -> dict[str, bytes]:
    files = visit_files(rule_files())
    return {**files, "site_visit.bpmn": files["site_visit.bpmn"].replace("制定计划".encode(), "安排行程".encode())}


def test_a_changed_bundle_is_the_next_version_and_old_cases_stay_on_theirs(visits: Visits) -> None:
    old = visits.start()

    report = visits.city.run(Deploy(files=_changed(), comment="改名"), by="designer")

    assert report.deployable
    assert sorted(d.version for d in visits.city.rows(Deployment)) == [1, 2]
    new = visits.start()
    assert visits.city.task_at(old, "plan_visit").name == "制定计划"
    assert visits.city.task_at(new, "plan_visit").name == "安排行程"


def test_the_same_bundle_again_changes_nothing(visits: Visits) -> None:
    visits.city.run(Deploy(files=visit_files(rule_files())), by="designer")

    assert len(visits.city.rows(Deployment)) == 1


def test_what_is_wrong_is_not_stored(visits: Visits) -> None:
    files = visit_files(rule_files())
    broken = files["site_visit.bpmn"].replace(b'targetRef="visiting"', b'targetRef="nowhere"')

    report = visits.city.run(Deploy(files={**files, "site_visit.bpmn": broken}), by="designer")

    assert not report.deployable
    assert report.problems
    assert len(visits.city.rows(Deployment)) == 1


def test_stored_is_the_canonical_file(visits: Visits) -> None:
    stored = {f.path: f.content for f in visits.city.rows(DeploymentFile)}

    assert stored["site_visit.bpmn"].startswith(b"<?xml")
    assert stored["site_visit.bpmn"] != visit_files(rule_files())["site_visit.bpmn"]


@pytest.mark.parametrize("who", ["hr", "union", "admin"])
def test_only_designers_deploy(visits: Visits, who: str) -> None:
    with pytest.raises(NotInGroup):
        visits.city.run(Deploy(files=_changed()), by=who)
