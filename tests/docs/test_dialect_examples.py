"""Every XML example of the dialect page is written in the dialect."""

import re

import pytest
from lxml import etree

from engine.definitions.bpmn_dialect import BPMN
from engine.definitions.whitelist import Whitelist
from tests.architecture.source_tree import ROOT

PAGE = (ROOT / "docs" / "diagram-dialect.md").read_text("utf-8")
EXAMPLES = re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL)
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in BPMN.namespaces.items())
_BESIDE = ("<bpmn:message ", "<bpmn:escalation ")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: re.search(r'id="(\w+)"', example)[1])  # type: ignore[index]
def test_an_example_passes_the_whitelist(example: str) -> None:
    body = example if example.startswith(_BESIDE) else f'<bpmn:process id="p">{example}</bpmn:process>'
    root = etree.fromstring(f'<bpmn:definitions {_DECLARED} id="d">{body}</bpmn:definitions>'.encode())
    whitelist = Whitelist(BPMN)

    whitelist.take(root)

    assert whitelist.problems == []


def test_the_page_has_an_example_of_every_kind() -> None:
    assert len(EXAMPLES) >= 15
