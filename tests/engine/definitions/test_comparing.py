"""What is different between two bundles is found, and told in both languages; what is the same is not."""

import json

import pytest

from engine.definitions.bundle import Bundle
from engine.definitions.check import check_bundle
from engine.definitions.comparing.bundles import compare
from engine.definitions.comparing.change import Change
from engine.groups import GROUPS
from services import SERVICES
from tests.api.conftest import example_files
from tests.engine.conftest import rule_files

DIAGRAM = "training_request.bpmn"
TABLE = "training_subsidy.dmn"
GROUP = 'candidateGroups="town_union,bargaining_guide"'


def bundle(**changed: bytes | None) -> Bundle:
    files = {**rule_files(), **example_files(), **{path.replace("__", "/"): text for path, text in changed.items()}}
    report = check_bundle({p: c for p, c in files.items() if c is not None}, services=SERVICES, groups=GROUPS)
    assert report.bundle is not None, report.problems
    return report.bundle


@pytest.fixture(scope="module")
def before() -> Bundle:
    return bundle()


def drawn(old: str, new: str) -> dict[str, bytes]:
    text = example_files()[DIAGRAM].decode()
    assert old in text
    return {DIAGRAM: text.replace(old, new, 1).encode()}


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str | None]]:
    return [(str(change.area), str(change.kind), change.what) for change in changes]


def test_the_same_files_have_no_differences(before: Bundle) -> None:
    assert compare(before, bundle()) == ()


def test_a_step_that_is_called_otherwise_is_told_by_its_name(before: Bundle) -> None:
    changes = compare(before, bundle(**drawn('name="提出申请"', 'name="发起申请"')))

    assert told(changes) == [("step", "changed", "name")]
    assert changes[0].text("zh") == "开始事件“发起申请”的名称由“提出申请”改为“发起申请”。"
    assert changes[0].text("en") == "The start event “发起申请”: the name changed from “提出申请” to “发起申请”."


def test_groups_are_told_in_words(before: Bundle) -> None:
    changes = compare(before, bundle(**drawn(GROUP, 'candidateGroups="city_union"')))

    assert told(changes) == [("step", "changed", "candidate_groups")]
    assert "改为“市总工会”" in changes[0].text("zh")


def test_what_was_only_moved_changes_nothing_that_runs(before: Bundle) -> None:
    text = example_files()[DIAGRAM].decode()
    place = text.index('<dc:Bounds x="') + len('<dc:Bounds x="')
    end = text.index('"', place)
    moved = text[:place] + str(float(text[place:end]) + 3) + text[end:]

    changes = compare(before, bundle(**{DIAGRAM: moved.encode()}))

    assert [kind for _, kind, _ in told(changes)] == ["moved"]
    assert changes[0].area == "drawing"


def test_fields_of_a_form_are_compared_one_by_one(before: Bundle) -> None:
    path = next(path for path in example_files() if path.endswith("training_request.form"))
    schema = json.loads(example_files()[path])
    field = next(part for part in schema["components"] if part.get("key"))
    field["label"] = "新的标题"
    schema["components"].append({"type": "textfield", "id": "more", "key": "more", "label": "补充说明"})

    changes = compare(before, bundle(**{path: json.dumps(schema, ensure_ascii=False).encode()}))

    assert told(changes) == [("form", "added", None), ("form", "changed", "label")]
    assert "补充说明" in changes[0].text("zh")


def test_rows_and_the_policy_of_a_table_are_compared(before: Bundle) -> None:
    text = example_files()[TABLE].decode()
    cell = text.index("<inputEntry")
    start = text.index("<text>", cell) + len("<text>")
    other = text[:start] + "&lt; 1" + text[text.index("</text>", start) :]

    changes = compare(before, bundle(**{TABLE: other.encode()}))

    assert ("table", "changed", "cells") in told(changes)
    assert all(change.text("zh") and change.text("en") for change in changes)


def test_a_new_value_of_the_law_is_a_change_of_rules(before: Bundle) -> None:
    path = next(path for path, content in rule_files().items() if b"reps_min:" in content)
    fewer = rule_files()
    fewer[path] = fewer[path].replace(b"reps_min:", b"reps_min_other:", 1)
    files = {**fewer, **example_files()}
    report = check_bundle(files, services=SERVICES, groups=GROUPS)

    changes = compare(before, report.bundle) if report.bundle else ()

    assert {(area, kind) for area, kind, _ in told(changes)} == {("rule", "added"), ("rule", "removed")}
