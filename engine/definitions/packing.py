"""A bundle as a zip, and back: the same files have the same bytes, and a hostile archive fills no memory."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from engine.definitions import limits
from engine.definitions.places import PLACES, STORY_PLACES
from engine.errors import Problem, Rejected

_ALWAYS = (1980, 1, 1, 0, 0, 0)  # no time of day in the archive, so that the same files make the same archive
_UTF8 = 0x800
_ENCRYPTED = 0x1
_PLAIN_FOLDERS = {"scenarios": STORY_PLACES[".yml"], "examples": STORY_PLACES[".json"]}


class ZipRefused(Rejected):
    """The zip file is damaged, encrypted, holds too much, or holds two files for the same place."""


def packed(files: Mapping[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packing:
        for path in sorted(files):
            packing.writestr(zipfile.ZipInfo(path, _ALWAYS), files[path], zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def unpacked(content: bytes) -> dict[str, bytes]:
    """Files by their place in a bundle; what a bundle has no place for (README, pictures) is left out.

    Raises ZipRefused.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _files_of(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, OSError) as damaged:
        raise _not_taken("zip_damaged") from damaged


def place_of(path: PurePosixPath) -> str | None:
    """Where a bundle keeps a file that somebody put into any folder; None when it has no place for it."""
    ending, folder = path.suffix.lower(), path.parent.name
    if ending == ".json":
        return _PLAIN_FOLDERS["examples"]
    if ending == ".yml" and folder == "scenarios":
        return _PLAIN_FOLDERS["scenarios"]
    return PLACES.get(ending)


def _files_of(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > limits.MAX_ZIP_ENTRIES:
        raise _not_taken("zip_too_many", count=len(entries), limit=limits.MAX_ZIP_ENTRIES)
    found: dict[str, bytes] = {}
    for entry, path in _with_a_place(entries):
        if entry.flag_bits & _ENCRYPTED:
            raise _not_taken("zip_encrypted", file=path)
        if path in found:
            raise _not_taken("zip_same_place", file=path)
        found[path] = _read(archive, entry, path, left=limits.MAX_ZIP_BYTES - sum(map(len, found.values())))
    return found


def _with_a_place(entries: list[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Only the name and the folder it stands in count: no path of an archive is ever taken as it is."""
    for entry in entries:
        path = PurePosixPath(_name_of(entry).replace("\\", "/"))
        place = place_of(path)
        is_hidden = path.name.startswith(".") or "__MACOSX" in path.parts
        if place is not None and not is_hidden and path.name.isprintable():
            yield entry, place + path.name


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Windows in Chinese writes names in its own encoding and does not say so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, *, left: int) -> bytes:
    """What the directory of an archive says about sizes is not believed."""
    most = min(limits.MAX_FILE_BYTES, left)
    with archive.open(entry) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise _not_taken("zip_too_large", file=path, limit=limits.MAX_ZIP_BYTES // 1024**2)
    return content


def _not_taken(code: str, **params: object) -> ZipRefused:
    return ZipRefused(problems=[Problem(str(params.get("file", "")), code, params)])
