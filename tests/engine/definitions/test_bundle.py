"""A bundle: named by its content, read again from what was stored, complete."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.definitions.bundle import Bundle, NoDiagram
from engine.definitions.catalogue_sources import bundle_files
from engine.definitions.check import Report, check_bundle
from engine.definitions.content_hash import content_hash
from tests.engine.definitions.diagrams import extended, straight, user_task
from tests.inventory.notation import diagram

TABLE = (Path(__file__).parent / "samples" / "skill_allowance.dmn").read_bytes()
RULES = {f"rules/{path.name}": path.read_bytes() for path in sorted(Path("rules/yongkang").glob("*.yml"))}
FORM = b"""{"id": "ask", "type": "default", "schemaVersion": 19,
  "components": [{"type": "textfield", "key": "level", "label": "L"}]}"""
DECIDE = extended(
    '<bpmn:businessRuleTask id="decide" />',
    '<zeebe:calledDecision decisionId="allowance" resultVariable="r" /><zeebe:ioMapping>'
    '<zeebe:input source="= 3" target="years" /></zeebe:ioMapping>',
)
XML = straight(user_task("ask", '<zeebe:formDefinition formId="ask" />'), DECIDE)
FILES = {"table.dmn": TABLE, "forms/ask.form": FORM, **RULES}


@pytest.fixture
def bundle(checked: Callable[..., Report]) -> Bundle:
    report = checked(XML, FILES)
    assert report.bundle is not None, report.problems
    return report.bundle


def test_everything_in_a_bundle_is_found_by_its_id(bundle: Bundle) -> None:
    assert (bundle.process_key, bundle.name) == ("p", "测试")
    assert bundle.forms["ask"].written_keys == {"level"}
    assert bundle.decisions["allowance"].evaluate({"level": "初级工", "years": 3})["note"] == "起步"
    assert bundle.rules.clock("offer_reply")
    assert bundle.xml == bundle.files["p.bpmn"]


def test_a_stored_bundle_is_the_same_bundle(bundle: Bundle, checked: Callable[..., Report]) -> None:
    again = Bundle.load(dict(bundle.files))

    assert (again.content_hash, again.process) == (bundle.content_hash, bundle.process)
    rechecked = check_bundle(bundle.files, services=set(), groups={"union"})
    assert rechecked.bundle is not None
    assert rechecked.bundle.content_hash == bundle.content_hash


def test_the_hash_names_content_not_order_or_layout(checked: Callable[..., Report]) -> None:
    backwards = dict(reversed(FILES.items()))
    spaced = XML.replace(b"<bpmn:endEvent", b"\n\n  <bpmn:endEvent")

    hashes = {
        report.bundle.content_hash
        for report in (checked(XML, FILES), checked(XML, backwards), checked(spaced, FILES))
        if report.bundle
    }

    assert len(hashes) == 1
    assert content_hash({"a": b"1"}) != content_hash({"a1": b""})


def test_any_change_gives_another_hash(bundle: Bundle, checked: Callable[..., Report]) -> None:
    renamed = checked(XML.replace("测试".encode(), "试验".encode()), FILES).bundle

    assert renamed is not None
    assert renamed.content_hash != bundle.content_hash


def test_a_bundle_without_a_diagram_cannot_be_loaded() -> None:
    with pytest.raises(NoDiagram):
        Bundle.load({"forms/ask.form": b"{}"})


def test_the_main_diagram_knows_what_it_calls() -> None:
    called = diagram("inner -> work -> done\nuser work", process="called", is_main=False)
    main = diagram("begin -> call -> finish\ncall call: calls called", process="main")

    bundle = Bundle.load({"a_called.bpmn": called, "main.bpmn": main})

    assert bundle.process_key == "main"
    assert bundle.xml == main
    assert bundle.diagrams == {"main": main, "called": called}
    assert bundle.process.elements["work"].parent == "called"


def test_sources_are_collected_from_the_three_folders(tmp_path: Path) -> None:
    for path in ("bpmn/leave/leave.bpmn", "bpmn/leave/t.dmn", "bpmn/leave/README.md", "bpmn/leave/scenarios/a.yml",
                 "forms/leave/ask.form", "forms/leave/examples/ask.valid.json", "rules/yongkang/clocks.yml",
                 "forms/other/x.form"):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(path.encode())

    assert bundle_files(tmp_path / "bpmn" / "leave") == {
        "leave.bpmn": b"bpmn/leave/leave.bpmn",
        "t.dmn": b"bpmn/leave/t.dmn",
        "forms/ask.form": b"forms/leave/ask.form",
        "rules/clocks.yml": b"rules/yongkang/clocks.yml",
    }
