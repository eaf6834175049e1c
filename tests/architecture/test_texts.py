"""Every error has a docstring for developers and a sentence for people, in both languages."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
import yaml

from engine.errors import EngineError
from tests.architecture.source_tree import ROOT
from texts import LOCALES, catalogue

TOPICS = sorted({path.stem for path in (ROOT / "texts").glob("*/*.yml")})
GAP = re.compile(r"\{(\w+)[^}]*\}")


def _all_errors() -> list[type[EngineError]]:
    for package in map(importlib.import_module, ("engine", "papermaking", "printing", "services", "api", "web")):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return sorted(_below(EngineError), key=lambda error: error.__name__)


def _below(error: type[EngineError]) -> Iterator[type[EngineError]]:
    yield error
    for leaf in error.__subclasses__():
        if leaf.__module__.split(".")[0] in {"engine", "papermaking", "printing", "services", "api", "web"}:
            yield from _below(leaf)


ERRORS = _all_errors()


def code_of(error: type[EngineError]) -> str:
    """The code comes from the name; no instance with its details is needed."""
    return error.__new__(error).code


def _sentences(topic: str, locale: str) -> dict[str, str]:
    """`{code: sentence}`, with `code.part` where a code has several."""
    flat: dict[str, str] = {}
    for code, found in catalogue(locale, topic).items():
        parts = found if isinstance(found, dict) else {"": found}
        flat |= {f"{code}.{part}".rstrip("."): sentence for part, sentence in parts.items()}
    return flat


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_an_error_has_a_docstring_of_its_own(error: type[EngineError]) -> None:
    assert "__doc__" in vars(error)
    assert error.__doc__ is not None
    assert len(error.__doc__) > 10


@pytest.mark.parametrize("locale", LOCALES)
def test_every_error_has_a_sentence(locale: str) -> None:
    missing = {code_of(error) for error in ERRORS} - set(catalogue(locale, "errors"))

    assert missing == set()


def test_no_two_errors_share_a_code() -> None:
    codes = [code_of(error) for error in ERRORS]

    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_say_the_same_things(topic: str) -> None:
    chinese, english = _sentences(topic, "zh"), _sentences(topic, "en")

    assert set(chinese) == set(english)
    assert [code for code in chinese if not str(chinese[code]).strip() or not str(english[code]).strip()] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_fill_the_same_gaps(topic: str) -> None:
    chinese, english = _sentences(topic, "zh"), _sentences(topic, "en")
    shared = set(chinese) & set(english)

    different = [code for code in shared if set(GAP.findall(chinese[code])) != set(GAP.findall(english[code]))]

    assert different == []


@pytest.mark.parametrize("path", sorted((ROOT / "texts").glob("*/*.yml")), ids=lambda path: "/".join(path.parts[-2:]))
def test_sentences_are_sorted_by_code(path) -> None:
    codes = list(yaml.safe_load(path.read_text("utf-8")) or {})

    assert codes == sorted(codes)


@pytest.mark.parametrize("topic", TOPICS)
def test_chinese_sentences_are_chinese(topic: str) -> None:
    foreign = [code for code, said in _sentences(topic, "zh").items() if not re.search(r"[一-鿿]", str(said))]

    assert foreign == []
