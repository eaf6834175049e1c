"""Whatever a form shows has English beside it: labels, hints, choices, columns, messages, texts."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source_tree import ROOT

FORMS = sorted((ROOT / "forms").rglob("*.form"))
CHINESE = re.compile("[一-鿿]")
LABELS = ("label", "dateLabel", "timeLabel", "title")
MESSAGE = re.compile(r"(?:check|warn)(?:_\d+)?_message(?:_\d+)?\Z")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_everything_shown_has_english_beside_it(path: Path) -> None:
    assert list(_untranslated(json.loads(path.read_text("utf-8")))) == []


def _untranslated(part: Mapping[str, Any]) -> Iterator[str]:
    own = part.get("properties", {})
    texts = [(part.get(name), own.get("label_en")) for name in LABELS]
    texts += [(part.get(name), own.get(f"{name}_en")) for name in ("description", "text")]
    texts += [(part.get("validate", {}).get("patternErrorMessage"), own.get("pattern_message_en"))]
    texts += [(own[name], own.get(f"{name}_en")) for name in own if MESSAGE.match(name)]
    texts += [(one.get("label"), one.get("label_en")) for many in ("values", "columns") for one in part.get(many, ())]
    yield from (str(text) for text, english in texts if text and CHINESE.search(str(text)) and not english)
    for inner in part.get("components", ()):
        yield from _untranslated(inner)
