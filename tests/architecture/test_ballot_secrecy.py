"""No single choice of a voter is anywhere in the system: the on-site vote enters totals only."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from engine.model import Model
from tests.architecture.source_tree import ROOT, project_files

FORMS = [path for path in project_files() if path.suffix == ".form"]
CHOICES = ("反对", "弃权", "废票")
CHOOSING = {"radio", "select", "checklist", "taglist", "checkbox"}


def _components(components: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        yield component
        yield from _components(component.get("components", []))


def _asks_for_a_vote(component: Mapping[str, Any]) -> bool:
    offered = [str(option.get("label", "")) for option in component.get("values", [])]
    return component.get("type") in CHOOSING and any(word in label for word in CHOICES for label in offered)


@pytest.mark.parametrize("path", FORMS, ids=str)
def test_no_form_asks_for_the_vote_of_one_person(path) -> None:
    form = json.loads((ROOT / path).read_text("utf-8"))

    assert [c.get("key") for c in _components(form["components"]) if _asks_for_a_vote(c)] == []


def test_no_table_has_a_column_for_a_choice() -> None:
    columns = {f"{table.name}.{column.name}" for table in Model.metadata.tables.values() for column in table.columns}

    assert [name for name in columns if {"vote", "choice", "ballot"} & set(name.replace(".", "_").split("_"))] == []
