"""What an attacker or a broken tool may hand in for import: refused by name, quickly, and the next import works."""

import itertools
from pathlib import Path

import pytest

from engine.definitions import limits
from engine.definitions.importing.door import ImportReport, import_file
from engine.definitions.importing.draft import import_diagram
from tests.engine.definitions.conftest import GROUPS, SERVICES
from tests.engine.definitions.diagrams import END, NAMESPACES, START, diagram, flow, straight, user_task
from tests.engine.definitions.importing.conftest import SAMPLES, source_of
from tests.engine.definitions.test_upload_door import BOMB, EXTERNAL, NESTED, PARAMETER, computing_seconds
from tests.timing import within

DEEP = "".join(f'<bpmn:subProcess id="s{n}">' for n in range(limits.MAX_DEPTH + 1))
DEEP += '<bpmn:task id="t" />' + "</bpmn:subProcess>" * (limits.MAX_DEPTH + 1)
EMPTY = f'<bpmn:definitions {NAMESPACES}><bpmn:collaboration id="c"><bpmn:participant id="p" /></bpmn:collaboration>'
WIDE = 'camunda:x="' + "y" * 1_000_000 + '"'


def handed_in(source: bytes) -> ImportReport:
    return import_file(source, services=SERVICES, groups=GROUPS)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (BOMB.encode(), "document_type"),
        (BOMB.encode("utf-16"), "document_type"),
        (EXTERNAL.encode(), "document_type"),
        (PARAMETER.encode(), "document_type"),
        (b" " * 50_000_000, "file_too_large"),
        (NESTED, "xml_limits"),
        (b"<a>" + b"<b/>" * 400_000 + b"</a>", "xml_limits"),
        (b"", "not_well_formed"),
        (b"PK\x03\x04 a zip", "not_well_formed"),
        (b"<html><script>alert(1)</script></html>", "wrong_root"),
        (b'<bpmn:definitions xmlns:bpmn="urn:evil"><bpmn:process id="p" /></bpmn:definitions>', "wrong_root"),
        ((EMPTY + "</bpmn:definitions>").encode(), "nothing_to_run"),
        (straight(*(user_task(f"t{n}") for n in range(limits.MAX_NODES))), "too_many_nodes"),
        (diagram(START, END, *(flow("start", "end") for _ in range(limits.MAX_FLOWS + 1))), "too_many_flows"),
        (diagram(DEEP), "nested_too_deep"),
        (diagram(START, '<bpmn:userTask id="x" /><bpmn:scriptTask id="x" />', END), "duplicate_id"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "encoding_not_supported"),
        ("<程序/>".encode("gb18030"), "encoding_wrong"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)}",
)
def test_what_cannot_be_a_draft_is_refused_in_less_than_two_seconds(source: bytes, code: str) -> None:
    began = computing_seconds()

    report = handed_in(source)

    assert computing_seconds() - began < 2
    assert report.imported.xml is None
    assert not report.deployable
    assert code in {problem.code for problem in report.problems}
    assert all(p.text(language) != p.code for p in report.problems for language in ("zh", "en"))


@pytest.mark.parametrize("code", ["duplicate_id", "nothing_to_run"])
def test_refusals_name_the_element(code: str) -> None:
    twice = diagram(START, '<bpmn:userTask id="x" /><bpmn:scriptTask id="x" />', END)
    source, element = {"duplicate_id": (twice, "x"), "nothing_to_run": ((EMPTY + "</bpmn:definitions>").encode(), "c")}[
        code
    ]

    assert element in {refusal.element_id for refusal in import_diagram(source).refusals}


def test_after_a_refused_file_the_next_one_is_taken() -> None:
    handed_in(BOMB.encode())

    assert handed_in(straight(user_task("work"))).deployable


def test_a_reader_that_needs_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PARSE_WALL_SECONDS", 0.001)

    assert [problem.code for problem in handed_in(straight()).problems] == ["reader_gave_up"]


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16", "utf-8-sig"])
def test_a_diagram_in_another_encoding_is_imported(encoding: str) -> None:
    text = source_of("bizagi").decode().replace('encoding="utf-8"', f'encoding="{encoding.removesuffix("-sig")}"')

    assert 'name="审批"' in (import_diagram(text.encode(encoding)).xml or b"").decode()


def test_a_diagram_of_our_own_is_imported_without_a_gap_that_matters() -> None:
    report = handed_in(straight(user_task("work")))

    assert [gap for gap in report.imported.gaps if gap.severity != "style"] == []
    assert report.deployable


def test_the_diagrams_of_this_system_are_imported_as_they_are() -> None:
    for path in sorted(Path("bpmn").glob("*/*.bpmn")):
        assert [g for g in import_diagram(path.read_bytes()).gaps if g.severity == "error"] == [], path


@pytest.mark.parametrize("name", SAMPLES)
def test_importing_a_draft_again_changes_nothing(name: str) -> None:
    first = import_diagram(source_of(name))
    second = import_diagram(first.xml or b"")

    assert second.xml == first.xml
    assert {gap.code for gap in second.gaps} <= {gap.code for gap in first.gaps}


def test_five_hundred_nodes_take_less_than_a_second() -> None:
    source = diagram(START, *_chain(limits.MAX_NODES - 2), END, drawn=False)

    imported = within(1, lambda: import_diagram(source))

    assert imported.xml is not None


def _chain(length: int) -> list[str]:
    """Tasks one after the other, each with two ways out, so that every one needs a gateway."""
    ids = ["start", *(f"t{n}" for n in range(length // 2)), "end"]
    tasks = [f'<bpmn:serviceTask id="{i}" name="{i}" />' for i in ids[1:-1]]
    flows = [flow(a, b) for a, b in itertools.pairwise(ids)]
    return [*tasks, *flows, *(f'<bpmn:sequenceFlow id="x_{i}" sourceRef="{i}" targetRef="end" />' for i in ids[1:-1])]
