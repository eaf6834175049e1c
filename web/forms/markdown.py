"""A small part of Markdown for the texts of designers. What comes from data is only ever text."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup, escape

from engine.definitions.form.expressions import Run

_FIRST_MARK = 0xE000
_MARKS = re.compile("[\ue000-\uf8ff]")
_HEADING = re.compile(r"(#{1,4})\s+(.+)")
_BULLET = re.compile(r"[-*+]\s+(.+)")
_NUMBERED = re.compile(r"\d{1,3}[.)、]\s+(.+)")
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\(((?:https?://|/(?!/)|mailto:|tel:|#)[^\s()\"'<>]{0,500})\)")
_SPANS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"`([^`\n]+)`"), "<code>{}</code>"),
    (re.compile(r"\*\*([^*\n]+)\*\*"), "<strong>{}</strong>"),
    (re.compile(r"(?<![\w*])\*(?! )([^*\n]+)(?<! )\*(?![\w*])"), "<em>{}</em>"),
)


def markdown(runs: Iterable[Run]) -> Markup:
    """Headings, lists, quotes, lines, bold, italic, code and links; everything else is text."""
    values: list[str] = []
    source = "".join(_marked(run, values) for run in runs)
    markup = "".join(_block(block) for block in _blocks(source))
    filled = _MARKS.sub(lambda mark: _value(values, ord(mark[0]) - _FIRST_MARK), markup)
    return Markup(filled)  # noqa: S704 - every part was escaped above


def _marked(run: Run, values: list[str]) -> str:
    """Values are taken out and stand as one private character each, which no rule of Markdown knows."""
    if not run.is_value:
        return _MARKS.sub("", run.text)
    values.append(run.text)
    return chr(_FIRST_MARK + len(values) - 1)


def _value(values: list[str], n: int) -> str:
    return str(escape(values[n])).replace("\n", "<br>") if n < len(values) else ""


def _blocks(source: str) -> list[list[str]]:
    """Lines that stand together."""
    found: list[list[str]] = [[]]
    for line in source.replace("\r\n", "\n").split("\n"):
        text = line.strip()
        if not text or _HEADING.match(text) or (found[-1] and _kind(text) != _kind(found[-1][-1])):
            found.append([])
        if text:
            found[-1].append(text)
        if _HEADING.match(text):
            found.append([])
    return [block for block in found if block]


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return "bullet"
    if _NUMBERED.match(line):
        return "numbered"
    return "quote" if line.startswith(">") else "text"


def _block(lines: list[str]) -> str:
    heading = _HEADING.match(lines[0])
    if heading:
        level = min(len(heading[1]) + 2, 6)
        return f"<h{level}>{_spans(heading[2])}</h{level}>"
    if lines == ["---"] or lines == ["***"]:
        return "<hr>"
    return _DRAW[_kind(lines[0])](lines)


def _list(tag: str, item: re.Pattern[str]) -> Callable[[list[str]], str]:
    def draw(lines: list[str]) -> str:
        items = (item.match(line) for line in lines)
        return f"<{tag}>{''.join(f'<li>{_spans(found[1])}</li>' for found in items if found)}</{tag}>"

    return draw


def _quote(lines: list[str]) -> str:
    return f'<div class="form-note">{_joined(line.lstrip("> ") for line in lines)}</div>'


def _joined(lines: Iterable[str]) -> str:
    return "<br>".join(_spans(line) for line in lines)


def _spans(text: str) -> str:
    """Escaped first: the rules below only ever see harmless text."""
    safe = str(escape(text))
    safe = _LINK.sub(_link, safe)
    for pattern, drawn in _SPANS:
        safe = pattern.sub(lambda found, drawn=drawn: drawn.format(found[1]), safe)
    return safe


def _link(found: re.Match[str]) -> str:
    outside = ' rel="noopener noreferrer" target="_blank"' if found[2].startswith("http") else ""
    return f'<a href="{found[2]}"{outside}>{found[1]}</a>'


_DRAW: dict[str, Callable[[list[str]], Any]] = {
    "bullet": _list("ul", _BULLET),
    "numbered": _list("ol", _NUMBERED),
    "quote": _quote,
    "text": lambda lines: f"<p>{_joined(lines)}</p>",
}
