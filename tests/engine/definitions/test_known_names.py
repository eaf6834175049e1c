"""Names for whoever writes an expression: where they exist, what forms call them, which steps write them."""

import re
from pathlib import Path

from engine.definitions.catalogue_sources import bundle_files
from engine.definitions.known_names import DiagramNames, KnownName, names_of
from engine.definitions.lint.variables import HOST_NAMES
from engine.groups import GROUPS
from services import SERVICES
from tests.rounds import round_files

ROOT = Path(__file__).parents[3]
ROUND = "opinion_round"


def _by_path(files: dict[str, bytes]) -> dict[str, DiagramNames]:
    return {found.path: found for found in names_of(files, services=SERVICES, groups=GROUPS)}


def _known(found: DiagramNames, scope: str) -> dict[str, KnownName]:
    return {one.name: one for one in found.scopes[scope]}


def test_a_name_says_what_forms_call_it_and_who_writes_it() -> None:
    dispatch = _by_path(bundle_files(ROOT / "bpmn" / "expert_dispatch"))["expert_dispatch.bpmn"]
    names = _known(dispatch, "expert_dispatch")

    assert (names["category"].label, names["category"].label_en) == ("诉求类别", "Category")
    assert names["category"].written_by == ("request_made",)
    assert names["accepted_on"] == KnownName("accepted_on", "", "", ("begin_handling",))
    assert not HOST_NAMES & names.keys()


def test_what_exists_in_one_instance_only_stands_under_its_loop() -> None:
    found = _by_path(round_files())[f"{ROUND}.bpmn"]

    assert set(found.scopes) > {ROUND}
    loop = next(scope for scope in found.scopes if scope != ROUND)
    assert {"loopCounter"} <= set(_known(found, loop)) - set(_known(found, ROUND))


def test_a_called_diagram_knows_what_its_calls_give_it() -> None:
    found = _by_path(round_files())
    (called,) = (one for path, one in found.items() if path != f"{ROUND}.bpmn")

    assert any(not one.written_by for one in called.scopes[called.process])


def test_a_diagram_that_cannot_be_read_has_none() -> None:
    assert names_of({f"{ROUND}.bpmn": b"<broken"}, services=SERVICES, groups=GROUPS) == ()
    assert names_of({}, services=SERVICES, groups=GROUPS) == ()


def test_the_editor_offers_the_names_of_the_host() -> None:
    source = (ROOT / "web" / "client" / "designer" / "names.js").read_text("utf-8")
    assert set(re.findall(r"^  \['([^']+)', (?:null|\[)", source, re.MULTILINE)) == HOST_NAMES
