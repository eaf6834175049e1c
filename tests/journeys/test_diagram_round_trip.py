"""What the modeller opens and saves without a change is the same diagram: not a word, not a place is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.commands.start_process_draft import StartProcessDraft
from engine.definitions.importing.draft import import_diagram
from engine.definitions.safe_parse import read_xml
from tests.city import City
from tests.inventory.rows_reading import rows
from tests.journeys.conftest import Enter

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "bpmn/expert_dispatch",
    "bpmn/staff_survey",
    "bpmn/wage_consultation",
    "bpmn/wage_demand",
    "tests/api/example",
    "tests/example_round",
)
_SAVED = """async ({ path, text }) => {
    const { modelling } = document.querySelector('[data-designer]');
    modelling.draft.files.set(path, text);
    const diagram = await modelling.show(path);
    const { xml } = await diagram.modeler.saveXML({ format: true });
    diagram.modeler.destroy();
    modelling.open.delete(path);
    modelling.current = null;
    diagram.host.remove();
    return xml;
}"""


@pytest.fixture
def modeller(enter: Enter, city: City) -> Page:
    draft_id = city.run(StartProcessDraft(process="wage_demand"), by="designer")
    page = enter("designer")
    page.goto(f"/designer/drafts/{draft_id}")
    expect(page.locator("[data-designer]")).to_have_attribute("data-ready", "1", timeout=20_000)
    return page


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_diagram_of_the_repository_comes_back_as_it_was(modeller: Page, folder: str) -> None:
    found = sorted((ROOT / folder).glob("*.bpmn"))
    assert found
    for path in found:
        _comes_back(modeller, path.name, path.read_bytes())


def test_every_kind_of_element_comes_back_as_it_was(modeller: Page) -> None:
    for number, row in enumerate(row for row in rows() if not row.refused):
        drawn = import_diagram(row.story.bundle()["p.bpmn"]).xml
        assert drawn, row.name
        _comes_back(modeller, f"row_{number}.bpmn", drawn)


def _comes_back(modeller: Page, path: str, source: bytes) -> None:
    before = read_xml({path: source})[path]
    assert before.xml, f"{path} is not of our dialect"
    text = before.xml.decode()

    saved = modeller.evaluate(_SAVED, {"path": path, "text": text})

    assert read_xml({path: saved.encode()})[path].xml.decode() == text, path
