"""A draft begins with a copy of a version, with nothing but a name, or with files."""

import pytest

from engine.catalogue import ProcessUnknown
from engine.commands.start_process_draft import DraftOfNothing, StartProcessDraft
from engine.definitions.draft_files import DraftFilesRefused
from engine.model import DeploymentFile
from engine.permissions import NotInGroup
from seeds.seeding import PROCESSES
from tests.city import City
from tests.process_drafts import AUTHOR, begin, look, versions

KEYS = sorted(path.parent.name for path in PROCESSES.glob("*/README.md"))


@pytest.mark.parametrize("process", KEYS)
def test_a_draft_holds_the_canonical_files_of_the_deployment(city: City, process: str) -> None:
    (deployed,) = versions(city, process)
    stored = {f.path: f.content for f in city.rows(DeploymentFile, DeploymentFile.deployment_id == deployed.id)}

    files = look(city, begin(city, process)).files

    assert files == {path: content for path, content in stored.items() if not path.startswith("rules/")}
    assert any(path.startswith("scenarios/") for path in files)


def test_what_is_not_there_makes_no_draft(city: City) -> None:
    with pytest.raises(ProcessUnknown):
        begin(city, "no_such_process")
    with pytest.raises(ProcessUnknown):
        begin(city, "staff_survey", version=7)
    for nothing in ({}, {"name": "  "}):
        with pytest.raises(DraftOfNothing):
            city.run(StartProcessDraft(**nothing), by=AUTHOR)


def test_files_without_a_place_are_refused_by_name(people: City) -> None:
    with pytest.raises(DraftFilesRefused) as refusal:
        people.run(StartProcessDraft(files={"x.bpmn": b"<a/>", "a.exe": b"x", "y.dmn": b"\xff\xfe"}), by=AUTHOR)

    assert [(p.path, p.code) for p in refusal.value.problems] == [
        ("a.exe", "draft_file_place"),
        ("y.dmn", "draft_file_no_text"),
    ]


def test_only_designers_begin_one(people: City) -> None:
    for other in ("admin", "union", "hr", "auditor"):
        with pytest.raises(NotInGroup):
            people.run(StartProcessDraft(name="新流程"), by=other)
