"""The files of a draft: what runs, and the stories beside it; which paths there are, and how much of them."""

import re
from collections.abc import Iterator, Mapping

from engine.definitions import limits
from engine.definitions.places import is_placed, runs, stories
from engine.errors import Problem, Rejected

_PROCESS = re.compile(r"<(?:[\w.-]+:)?process\s([^<>]*)>")
_CALLED = re.compile(r"<(?:[\w.-]+:)?calledElement\s[^<>]*\bprocessId=\"([^\"<>]+)\"")
_ID, _NAME = re.compile(r'\bid="([^"<>]*)"'), re.compile(r'\bname="([^"<>]*)"')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


class DraftFilesRefused(Rejected):
    """Files of this draft are in no place where a bundle keeps such a file, are no text, or are too large."""


def must_fit(files: Mapping[str, bytes]) -> None:
    """Raises DraftFilesRefused, naming the files; what they say is looked at by the check."""
    problems = [*_misplaced(files), *_too_much(runs(files), stories(files))]
    if problems:
        raise DraftFilesRefused(problems=problems)


def _misplaced(files: Mapping[str, bytes]) -> Iterator[Problem]:
    for path, content in files.items():
        if not is_placed(path):
            yield Problem(path[:120], "draft_file_place", {"file": path[:120]})
        elif len(content) > limits.MAX_FILE_BYTES:
            yield Problem(path, "draft_file_too_large", {"limit": limits.MAX_FILE_BYTES // 1024**2})
        elif not _is_text(content):
            yield Problem(path, "draft_file_no_text")


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _too_much(running: Mapping[str, bytes], beside: Mapping[str, bytes]) -> Iterator[Problem]:
    for files, most, most_bytes in (
        (running, limits.MAX_BUNDLE_FILES, limits.MAX_BUNDLE_BYTES),
        (beside, limits.MAX_STORY_FILES, limits.MAX_STORY_BYTES),
    ):
        if len(files) > most:
            yield Problem("", "draft_too_many_files", {"count": len(files), "limit": most})
        if sum(map(len, files.values())) > most_bytes:
            yield Problem("", "draft_too_large", {"limit": most_bytes // 1024**2})


def key_and_name(files: Mapping[str, bytes]) -> tuple[str, str]:
    """Of the main diagram, as they are written; a diagram that cannot be read has them too. Empty without diagram."""
    texts = [content.decode("utf-8", "replace") for path, content in sorted(files.items()) if path.endswith(".bpmn")]
    found = [one for text in texts if (one := _process_of(text))]
    called = {key for text in texts for key in _CALLED.findall(text)}
    return next((one for one in found if one[0] not in called), found[0] if found else ("", ""))


def _process_of(text: str) -> tuple[str, str] | None:
    """The executable one of several."""
    tags = _PROCESS.findall(text)
    chosen = next((tag for tag in tags if 'isExecutable="true"' in tag), tags[0] if tags else None)
    if chosen is None or not (id_ := _ID.search(chosen)):
        return None
    name = _NAME.search(chosen)
    return _plain(id_[1])[:100], _plain(name[1] if name else "")[:200]


def _plain(text: str) -> str:
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text
