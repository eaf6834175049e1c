"""Every word of a page is there in both languages; nothing is left fuzzy."""

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.architecture.source_tree import ROOT

CATALOGUES = sorted((ROOT / "web" / "translations").glob("*/LC_MESSAGES/messages.po"))
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_l": None, "n_": (1, 2)}


def _words_of_pages() -> set[str]:
    extracted = extract_from_dir(str(ROOT / "web"), method_map=METHODS, keywords=KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in extracted}


def test_there_is_an_english_catalogue() -> None:
    assert [path.parts[-3] for path in CATALOGUES if path.parts[-3].startswith("en")]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_word_of_a_page_is_translated(path) -> None:
    with path.open("rb") as source:
        catalogue = read_po(source)
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue if message.string}

    assert _words_of_pages() - known == set(), "extract and translate the new words"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_no_translation_is_fuzzy(path) -> None:
    with path.open("rb") as source:
        catalogue = read_po(source)

    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
