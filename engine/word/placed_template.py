"""A Word template that knows in which of its paragraphs something went wrong."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateSyntaxError

LONGEST_PLACE = 40
_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_TAG = re.compile(r"<[^>]+>")


class PlacedTemplate(DocxTemplate):  # type: ignore[misc] # it tells no types
    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))

    def written_parts(self) -> Iterator[Sequence[str]]:
        """Body, headers and footers, line by line as they are rendered."""
        self.render_init()
        yield lines_of(self.patch_xml(self.get_xml()))
        for _, part in chain(*map(self.get_headers_footers, (self.HEADER_URI, self.FOOTER_URI))):
            yield lines_of(self.patch_xml(self.get_part_xml(part)))

    def render_xml_part(
        self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Environment | None = None
    ) -> str:
        with placing(lines_of(src_xml)):
            text: str = super().render_xml_part(src_xml, part, context, jinja_env)
        return text


def lines_of(xml: str) -> Sequence[str]:
    """A line a paragraph, as docxtpl does it."""
    return _PARAGRAPH.sub("\n<w:p", xml).split("\n")


def plain(lines: Sequence[str], number: int) -> str:
    """What people read in that line."""
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return _TAG.sub("", line).strip()[:LONGEST_PLACE]


@contextmanager
def placing(lines: Sequence[str]) -> Iterator[None]:
    """Whatever goes wrong inside is told its `place`."""
    try:
        yield
    except Exception as wrong:
        wrong.place = plain(lines, _line_of(wrong))  # type: ignore[attr-defined]
        raise


def _line_of(wrong: Exception) -> int:
    """Jinja writes its own lines into the traceback."""
    if isinstance(wrong, TemplateSyntaxError):
        return wrong.lineno
    number, step = 0, wrong.__traceback__
    while step is not None:
        number = step.tb_lineno if step.tb_frame.f_code.co_filename == "<template>" else number
        step = step.tb_next
    return number
