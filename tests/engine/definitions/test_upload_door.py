"""What an attacker or a broken disk may hand in: refused by name, quickly, and the next upload works."""

import os
from collections.abc import Callable

import pytest

from engine.definitions import limits
from engine.definitions.check import Report, check_bundle
from engine.definitions.inspection import Inspected
from engine.definitions.kept_readings import KeptReadings
from engine.definitions.safe_parse import read_xml
from engine.spiff.process_run import ProcessRun
from engine.spiff.spec_building import build_specs
from tests.engine.definitions.diagrams import END, NAMESPACES, START, diagram, flow, gateway, straight, user_task
from tests.engine.definitions.tables import decision_file, table
from tests.inventory import notation

PLAIN = straight(user_task("work"))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHING = f"<bpmn:definitions {NAMESPACES}>&l9;</bpmn:definitions>"
BOMB = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>{LAUGHING}'
EXTERNAL = (
    f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]><bpmn:definitions {NAMESPACES}>'
    f'<bpmn:process id="p" isExecutable="true" name="&f;" /></bpmn:definitions>'
)
PARAMETER = f'<!DOCTYPE d [<!ENTITY % e SYSTEM "http://127.0.0.1:1/e.dtd"> %e;]><bpmn:definitions {NAMESPACES} />'
NESTED = b"<a>" * 100_000 + b"</a>" * 100_000
DATA_CIRCLE = diagram(
    START,
    '<bpmn:subProcess id="s" name="s"><bpmn:dataObjectReference id="r" dataObjectRef="nowhere" />'
    '<bpmn:startEvent id="a" /><bpmn:endEvent id="b" />' + flow("a", "b") + "</bpmn:subProcess>",
    END,
    flow("start", "s"),
    flow("s", "end"),
)


def computing_seconds() -> float:
    """Of this process and its children; unlike the time on the wall it does not depend on what else runs."""
    return sum(os.times()[:4])


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (BOMB.encode(), "document_type"),
        (BOMB.encode("utf-16"), "document_type"),
        (BOMB.encode("utf-16-be"), "document_type"),
        (EXTERNAL.encode(), "document_type"),
        (PARAMETER.encode(), "document_type"),
        (b" " * 50_000_000, "file_too_large"),
        (b"<a>" + b"x" * 50_000_000, "file_too_large"),
        (NESTED, "xml_limits"),
        (b"<a " + b'b="' + b"x" * 1_900_000 + b'"/>', "wrong_root"),
        (b'<?xml version="1.0"?><a' + b"".join(b' a%d=""' % n for n in range(150_000)) + b"/>", "wrong_root"),
        (b"<a>" + b"<b/>" * 400_000 + b"</a>", "xml_limits"),
        (b"", "not_well_formed"),
        (b"\0\0\0\0", "not_well_formed"),
        (b"PK\x03\x04 a zip, not a diagram", "not_well_formed"),
        (PLAIN[:-30], "not_well_formed"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "encoding_not_supported"),
        (b"\xff\xfe\x00", "encoding_wrong"),
        ("<程序/>".encode("gb18030"), "encoding_wrong"),
        (DATA_CIRCLE, "reference_unresolved"),
        (b"<html><script>alert(1)</script></html>", "wrong_root"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)}",
)
def test_hostile_files_are_refused_by_name_in_less_than_two_seconds(
    checked: Callable[..., Report], source: bytes, code: str
) -> None:
    began = computing_seconds()

    report = checked(source)

    assert computing_seconds() - began < 2
    assert not report.deployable
    assert code in {problem.code for problem in report.problems}


def test_after_a_refused_file_the_next_one_is_taken(checked: Callable[..., Report]) -> None:
    checked(BOMB.encode())

    assert checked(PLAIN).deployable


def test_no_file_content_comes_back_in_the_words_of_a_refusal(checked: Callable[..., Report]) -> None:
    report = checked(b"<bpmn:definitions><script>alert('x')</script>")

    said = " ".join(problem.text(locale) for problem in report.problems for locale in ("zh", "en"))
    assert "<" not in said
    assert "script" not in said


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16", "utf-8-sig"])
def test_a_diagram_in_another_encoding_becomes_utf_8(checked: Callable[..., Report], encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = PLAIN.decode().replace('encoding="UTF-8"', f'encoding="{declared}"')

    report = checked(text.encode(encoding))

    assert report.bundle is not None
    assert report.bundle.process.name == "测试"
    assert report.bundle.xml.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')


def test_a_reader_that_needs_too_long_is_stopped(
    checked: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = straight(user_task("read_for_the_first_time"))
    monkeypatch.setattr(limits, "PARSE_WALL_SECONDS", 0.001)

    report = checked(new)

    assert [problem.code for problem in report.problems] == ["reader_gave_up"]
    monkeypatch.undo()
    assert "reader_gave_up" not in {problem.code for problem in checked(new).problems}


def test_what_has_not_changed_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    known, new = straight(user_task("known")), straight(user_task("new"))
    before = read_xml({"a.bpmn": known})["a.bpmn"]
    monkeypatch.setattr(limits, "PARSE_WALL_SECONDS", 0.001)

    again = read_xml({"b.bpmn": known, "new.bpmn": new, "as_a_table.dmn": known})

    assert again["b.bpmn"] == before
    assert [problem.code for problem in again["new.bpmn"].problems] == ["reader_gave_up"]
    assert [problem.code for problem in again["as_a_table.dmn"].problems] == ["reader_gave_up"]


def test_readings_are_kept_as_long_as_there_is_room() -> None:
    kept, found = KeptReadings(5_000), Inspected(b"x" * 1_000, ())

    for source in (b"one", b"two", b"three"):
        kept.keep(source, found, is_diagram=True)
        kept.find(b"one", is_diagram=True)

    assert [kept.find(source, is_diagram=True) for source in (b"one", b"two", b"three")] == [found, None, found]


def test_more_nodes_than_the_limit_are_refused(checked: Callable[..., Report]) -> None:
    report = checked(straight(*(user_task(f"task{n}") for n in range(limits.MAX_NODES))))

    assert {problem.code for problem in report.problems} == {"too_many_nodes"}


def test_sub_processes_nested_too_deep_are_refused(checked: Callable[..., Report]) -> None:
    inner = ""
    for level in range(limits.MAX_DEPTH + 1):
        inner = f'<bpmn:subProcess id="s{level}" name="s">{inner}</bpmn:subProcess>'

    report = checked(diagram(inner))

    assert {problem.code for problem in report.problems} == {"nested_too_deep"}


def test_the_longest_chain_passes_and_runs(checked: Callable[..., Report]) -> None:
    began = computing_seconds()

    report = checked(straight(*(user_task(f"task{n}") for n in range(limits.MAX_NODES - 2))))

    assert computing_seconds() - began < 2
    assert report.bundle is not None
    run = ProcessRun.start(build_specs(report.bundle.process), host=None)  # type: ignore[arg-type]
    for number in range(limits.MAX_NODES - 2):
        (step,) = run.steps
        assert step.element_id == f"task{number}"
        run.complete(step.id)
    assert run.is_finished


@pytest.mark.parametrize(
    "path",
    ["../p.form", "forms/../x.form", "x.py", "x.so", "forms/x.pickle", "forms/a/b.form", "p.form", "\\x.dmn", ".dmn"],
)
def test_files_of_other_kinds_or_places_are_refused(checked: Callable[..., Report], path: str) -> None:
    report = checked(PLAIN, {path: b"{}"})

    assert [(problem.code, problem.path) for problem in report.problems] == [("file_place", path)]


def test_too_many_and_too_large_bundles_are_refused(checked: Callable[..., Report]) -> None:
    many = checked(PLAIN, {f"forms/f{n}.form": b"{}" for n in range(limits.MAX_BUNDLE_FILES)})
    large = checked(PLAIN, {f"forms/f{n}.form": b" " * limits.MAX_FILE_BYTES for n in range(6)})

    assert [problem.code for problem in many.problems] == ["too_many_files"]
    assert [problem.code for problem in large.problems] == ["bundle_too_large"]


def test_a_bundle_needs_a_diagram(checked: Callable[..., Report]) -> None:
    assert errors(check_bundle({}, services=(), groups=())) == ["diagram_missing"]


def test_two_files_cannot_hold_the_same_process(checked: Callable[..., Report]) -> None:
    assert "process_twice" in errors(checked(PLAIN, {"q.bpmn": PLAIN}))


def errors(report: Report) -> list[str]:
    return [problem.code for problem in report.problems if problem.severity == "error"]


def mappings(count: int) -> str:
    inner = "".join(f'<zeebe:input source="= nobody{n}" target="t{n}" />' for n in range(count))
    task = '<bpmn:serviceTask id="s"><bpmn:extensionElements><zeebe:taskDefinition type="notices/send" />'
    return f"{task}<zeebe:ioMapping>{inner}</zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>"


def tangle(gateways: int, ways: int) -> bytes:
    """Every parallel gateway leads to many merges, and every merge back to the gateways."""
    parts = [gateway(f"g{n}", kind="parallel") + gateway(f"m{n}") for n in range(gateways)]
    flows = [
        f'<bpmn:sequenceFlow id="f{n}_{way}" sourceRef="g{n}" targetRef="m{(n * 7 + way * 13) % gateways}" />'
        f'<bpmn:sequenceFlow id="b{n}_{way}" sourceRef="m{n}" targetRef="g{(n * 5 + way) % gateways}" />'
        for n in range(gateways)
        for way in range(ways)
    ]
    return diagram(START, END, *parts, *flows, drawn=False)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (straight(mappings(10_000)), "too_many_expressions"),
        (straight(mappings(limits.MAX_EXPRESSIONS)), "too_many_problems"),
        (tangle(200, 20), "too_many_flows"),
        (tangle(200, 3), "unreachable"),
        (straight('<bpmn:scriptTask id="s" />'.replace(" />", f' name="{"x" * 1_900_000}" />')), "script_missing"),
    ],
    ids=["mappings", "unknown names", "flows", "tangle", "name"],
)
def test_diagrams_made_to_be_slow_are_judged_in_less_than_two_seconds(
    checked: Callable[..., Report], source: bytes, code: str
) -> None:
    began = computing_seconds()

    report = checked(source)

    assert computing_seconds() - began < 2
    assert code in {problem.code for problem in report.problems}
    assert max(len(problem.text()) for problem in report.problems) < 1_000


def test_tables_made_to_be_slow_are_refused(checked: Callable[..., Report]) -> None:
    rows = [(f"< {n}", '"a"') for n in range(limits.MAX_CELLS)]
    table_file = decision_file(table(*rows))

    large = checked(PLAIN, {"t.dmn": table_file})
    many = checked(PLAIN, {f"t{n}.dmn": b"" for n in range(limits.MAX_TABLE_FILES + 1)})

    assert [problem.code for problem in large.problems] == ["too_many_cells"]
    assert [problem.code for problem in many.problems] == ["too_many_files"]


def test_diagrams_that_call_each_other_many_times_are_judged_in_less_than_two_seconds() -> None:
    """Followed call by call, ten diagrams with forty calls each would be looked at 40⁹ times."""
    files = {f"d{n}.bpmn": calling(f"d{n}", following=f"d{n + 1}", times=40) for n in range(9)}
    files["d9.bpmn"] = notation.diagram("b9 -> fail\nend fail: error e\nerror e: E1", process="d9", is_main=False)
    began = computing_seconds()

    report = check_bundle(files, services=(), groups={"enterprise_hr"})

    assert computing_seconds() - began < 2
    assert "error_not_caught" in {problem.code for problem in report.problems}


def calling(process: str, *, following: str, times: int) -> bytes:
    calls = [f"{process}_c{n}" for n in range(times)]
    ways = f"{process}_b -> {' -> '.join(calls)} -> {process}_e"
    lines = [f"call {call}: calls {following}" for call in calls]
    return notation.diagram("\n".join([ways, *lines]), process=process, is_main=process == "d0")
