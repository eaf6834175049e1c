"""Bytes of an XML file to text: few encodings, no document type, so that nobody downstream can read it differently."""

import codecs
import re

from engine.definitions.lint_problem import LintProblem, error

_DECLARATION = re.compile(r"\A\s*<\?xml\s[^?]*\?>")
_DECLARED = re.compile(rb"\A\s*<\?xml\s[^?]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_READ_AS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
}
_FORBIDDEN = re.compile(r"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)


def decoded(source: bytes) -> str | LintProblem:
    """The text without its XML declaration (its lines keep their numbers), or why it cannot be read."""
    encoding = _encoding(source)
    if encoding is None:
        return error("encoding_not_supported", line=1)
    try:
        text = source.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return error("encoding_wrong", line=1, encoding=encoding)
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        return error("document_type", line=text.count("\n", 0, forbidden.start()) + 1)
    return _DECLARATION.sub(lambda found: "\n" * found.group().count("\n"), text.removeprefix("\ufeff"), count=1)


def _encoding(source: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return encoding
    declared = _DECLARED.match(source[:500])
    return _READ_AS.get(declared.group(1).decode().lower()) if declared else "utf-8"
