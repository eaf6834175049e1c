"""Every gap has a sentence and a fix in both languages, and every blank in them is filled."""

import re
from pathlib import Path
from string import Formatter

import pytest

import texts
from engine.definitions.importing.draft import Imported
from tests.engine.definitions.importing.conftest import SAMPLES

CODES = sorted(texts.catalogue("zh", "gaps"))
SOURCES = "".join(path.read_text("utf-8") for path in Path("engine/definitions/importing").rglob("*.py"))


@pytest.mark.parametrize("code", CODES)
def test_both_languages_say_message_and_fix_about_the_same_things(code: str) -> None:
    for part in ("message", "fix"):
        blanks = []
        for locale in ("zh", "en"):
            sentence = texts.catalogue(locale, "gaps")[code][part]
            assert sentence.strip()
            blanks.append({name for _, name, _, _ in Formatter().parse(sentence) if name})
        assert blanks[0] == blanks[1]


def test_every_code_in_the_sources_has_its_sentences_and_no_other() -> None:
    calls = set(re.findall(r"(?:say|gap|_refused|_say_elements)\(\s*\"([a-z_]+)\"", SOURCES))

    assert calls <= set(CODES)
    assert [code for code in CODES if f'"{code}"' not in SOURCES] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_blank_of_a_real_gap_is_filled(imported: dict[str, Imported], name: str) -> None:
    for gap in imported[name].gaps:
        for part in ("message", "fix"):
            blanks = {b for _, b, _, _ in Formatter().parse(texts.catalogue("zh", "gaps")[gap.code][part]) if b}
            assert blanks <= gap.params.keys(), gap.code
            assert gap.text("zh", part) != gap.code
            assert gap.text("en", part) != gap.code
        assert gap.element_id
        assert gap.line
