"""What was worked out is kept by what it was made of, as long as there is room, and proofs level by level."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.definitions.calling import main_first
from engine.definitions.kept import Kept
from engine.definitions.kept_readings import form_of, process_of
from engine.definitions.process import Process
from engine.definitions.process_file import read_process
from engine.definitions.soundness import Known, prove
from engine.errors import DefinitionError
from tests.engine.definitions.diagrams import drawn, form_file

CITY = Path("bpmn/wage_consultation")


def test_the_oldest_go_when_there_is_no_room() -> None:
    kept: Kept[str] = Kept(10)

    for key in "abc":
        kept.keep(key, key, size=4)
        kept.find("a")

    assert [kept.find(key) for key in "abc"] == ["a", None, "c"]


def test_what_is_larger_than_all_room_is_not_kept() -> None:
    kept: Kept[str] = Kept(10)

    kept.keep("large", "large", size=11)
    kept.keep("small", "small", size=10)

    assert (kept.find("large"), kept.find("small")) == (None, "small")


def test_a_file_is_read_once_for_each_content_and_place() -> None:
    one, other = form_file("ask", "answer"), form_file("ask", "another")

    assert form_of(one, "forms/ask.form") is form_of(one, "forms/ask.form")
    assert form_of(other, "forms/ask.form").written_keys == {"another"}
    assert form_of(one, "forms/b.form").path == "forms/b.form"


def test_the_lines_of_the_upload_are_part_of_a_reading() -> None:
    xml = drawn("start / user task a / end")

    assert process_of(xml) is process_of(xml)
    assert process_of(xml, origins=range(100, 200)).line != process_of(xml).line


def test_a_form_that_is_refused_is_refused_again() -> None:
    for _ in range(2):
        with pytest.raises(DefinitionError):
            form_of(b"{", "forms/broken.form")


def city() -> dict[str, Process]:
    return main_first(read_process(path.read_bytes()) for path in sorted(CITY.glob("*.bpmn")))


def changed(processes: dict[str, Process], element_id: str, **settings: object) -> dict[str, Process]:
    main = next(iter(processes.values()))
    other = replace(main.elements[element_id], **settings)  # type: ignore[arg-type]
    return {**processes, main.key: replace(main, elements={**main.elements, element_id: other})}


def test_a_word_is_no_reason_to_prove_anything_again() -> None:
    processes, kept = city(), Kept[Known](1_000)
    first = prove(next(iter(processes.values())), processes, kept=kept)
    renamed = changed(processes, "draft_contract", name="another", documentation="Do it.")

    again = prove(next(iter(renamed.values())), renamed, kept=kept)

    assert first.verdict == again.verdict == "sound"
    assert (first.states > 100, again.states) == (True, 0)


def test_a_level_that_changed_and_those_around_it_are_proven_again() -> None:
    processes, kept = city(), Kept[Known](1_000)
    first = prove(next(iter(processes.values())), processes, kept=kept)
    turned = changed(processes, "draft_contract", type="manualTask")

    again = prove(next(iter(turned.values())), turned, kept=kept)

    assert 0 < again.states < first.states
    assert again.verdict == prove(next(iter(turned.values())), turned).verdict


def test_a_fault_is_found_in_what_was_sound_before() -> None:
    processes, kept = city(), Kept[Known](1_000)
    prove(next(iter(processes.values())), processes, kept=kept)
    gateway = next(e.id for e in next(iter(processes.values())).each("parallelGateway"))
    broken = changed(processes, gateway, type="exclusiveGateway")

    again = prove(next(iter(broken.values())), broken, kept=kept)

    assert again.findings == prove(next(iter(broken.values())), broken).findings
