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


def test_a_bundle_without_rules_gets_those_of_the_city(visits: Visits) -> None:
    files = {path: content for path, content in _changed().items() if not path.startswith("rules/")}

    report = visits.city.run(Deploy(files=files), by="designer")

    assert report.deployable, report.problems
    newest = max(visits.city.rows(Deployment), key=lambda d: d.version)
    stored = visits.city.rows(DeploymentFile, DeploymentFile.deployment_id == newest.id)
    assert {"rules/clocks.yml", "rules/settings.yml"} <= {f.path for f in stored}


def test_the_same_request_again_gets_the_same_verdict(visits: Visits) -> None:
    command = Deploy(files=_changed(), comment="改名")

    first = visits.city.run(command, by="designer", idempotency_key="d1", fingerprint="x")
    again = visits.city.run(command, by="designer", idempotency_key="d1", fingerprint="x")

    assert (again.deployable, again.problems) == (first.deployable, first.problems)
    assert len(visits.city.rows(Deployment)) == 2
