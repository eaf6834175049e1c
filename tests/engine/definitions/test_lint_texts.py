"""Every problem has a sentence, a reason and a fix in both languages, and every gap in it is filled."""

import re
from pathlib import Path
from string import Formatter

import pytest

import texts

SOURCES = Path("engine/definitions")
CODES = sorted(texts.catalogue("zh", "lint"))


@pytest.mark.parametrize("code", CODES)
def test_both_languages_say_message_why_and_fix_about_the_same_things(code: str) -> None:
    for part in ("message", "why", "fix"):
        gaps = []
        for locale in ("zh", "en"):
            sentence = texts.catalogue(locale, "lint")[code][part]
            assert sentence.strip()
            gaps.append({name for _, name, _, _ in Formatter().parse(sentence) if name})
        assert gaps[0] == gaps[1]


def test_every_code_in_the_sources_has_its_sentences() -> None:
    said = set()
    for path in (path for folder in ("", "lint", "decisions") for path in (SOURCES / folder).glob("*.py")):
        calls = r"(?:error|warning|style|_say|_refuse|_wrong|_refused|problem|_say_refusal|about|about_flow)\("
        said |= set(re.findall(calls + r"(?:[^()\"']|\([^()]*\))*?\"([a-z]+(?:_[a-z]+)+)\"", path.read_text("utf-8")))

    assert len(said) > 80
    assert said - set(CODES) <= {"exclusive_gateway"}


def test_codes_without_a_use_are_not_kept() -> None:
    source = "".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py"))

    assert [code for code in CODES if f'"{code}"' not in source] == []
