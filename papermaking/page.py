"""An official paper as a page: its blocks become HTML, its texts are filled in with the facts of a case."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape

from engine.definitions.paper import Paper
from engine.word.numerals import chinese_number
from printing import PAPER

SIGN_HERE = "（签字）："
_FITS = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_INDENTED = "indented"
_STYLE, _SCREEN = (Path(__file__).with_name(name) for name in ("page.css", "screen.css"))


def html_of(paper: Paper, facts: Mapping[str, Any]) -> str:
    """A whole page in Chinese, for `pdf_of`."""
    return _template(paper, (_STYLE,)).render(**facts)


def screen_of(paper: Paper, facts: Mapping[str, Any]) -> str:
    """The same page for a browser, on screens of any width; it needs no other file."""
    return _template(paper, (PAPER, _STYLE, _SCREEN)).render(**facts)


@cache
def _template(paper: Paper, styles: tuple[Path, ...]) -> Template:
    kit = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_shown)
    kit.filters |= {"汉字": chinese_number, _INDENTED: _indented}
    style = "".join(path.read_text("utf-8") for path in styles)
    head = f'<meta charset="utf-8">{_FITS}<title>{escape(paper.name)}</title><style>{style}</style>'
    body = _drawn(paper.blocks)
    return kit.from_string(f'<!doctype html><html lang="zh-CN"><head>{head}</head><body>{body}</body></html>')


def _drawn(blocks: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(_BLOCKS[next(word for word in _BLOCKS if word in block)](block) for block in blocks)


def _paragraph(block: Mapping[str, Any]) -> str:
    css = [block["align"]] if block.get("align") else [] if block.get("plain") else ["indent"]
    css += ["small"] if block.get("small") else []
    text = f"{{% filter {_INDENTED} %}}{block['p']}{{% endfilter %}}" if "indent" in css else block["p"]
    return f'<p class="{" ".join(css)}">{text}</p>'


def _indented(text: str) -> str:
    """The first line is indented by the style sheet, what begins after a line break by two characters."""
    return text.replace("\n", "\n　　")


def _fields(block: Mapping[str, Any]) -> str:
    """Two pairs a row; a last one alone has the rest of its row."""
    pairs, rows = block["fields"], []
    for n in range(0, len(pairs), 2):
        both = pairs[n : n + 2]
        wide = ' colspan="3"' if len(both) == 1 else ""
        rows.append("".join(f'<th scope="row">{label}</th><td{wide}>{text}</td>' for label, text in both))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    widths = '<col class="label"><col>' * 2
    return f'<table class="fields"><colgroup>{widths}</colgroup><tbody>{body}</tbody></table>'


def _table(block: Mapping[str, Any]) -> str:
    columns = block["columns"]
    widths = "".join(f'<col style="width: {width}%">' for _, _, width in columns)
    head = "".join(f'<th scope="col">{text}</th>' for text, _, _ in columns)
    cells = "".join(f"<td>{text}</td>" for _, text, _ in columns)
    rows = f"{{% for {block['as']} in {block['table']} %}}<tr>{cells}</tr>{{% endfor %}}"
    caption = f"<caption>{block['caption']}</caption>" if block.get("caption") else ""
    return f"<table>{caption}<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _around(begin: str, blocks: Sequence[Mapping[str, Any]], end: str) -> str:
    return f"{{% {begin} %}}{_drawn(blocks)}{{% {end} %}}"


def _sign(block: Mapping[str, Any]) -> str:
    """A line to write on after what asks for a signature; a seal needs none."""
    places = (f'<p class="line">{text}</p>' if text.endswith(SIGN_HERE) else f"<p>{text}</p>" for text in block["sign"])
    return f'<div class="sign">{"".join(places)}</div>'


_BLOCKS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "title": lambda block: f"<h1>{block['title']}</h1>",
    "heading": lambda block: f"<h2>{block['heading']}</h2>",
    "p": _paragraph,
    "each": lambda block: _around(f"for {block['as']} in {block['each']}", block["blocks"], "endfor"),
    "when": lambda block: _around(f"if {block['when']}", block["blocks"], "endif"),
    "fields": _fields,
    "table": _table,
    "sign": _sign,
    "new_page": lambda _: '<div class="new-page"></div>',
}


def _shown(value: Any) -> Any:
    return "" if value is None else value
