"""Plain text of designers and officials as paragraphs; nothing in it is ever taken for HTML."""

import re

from markupsafe import Markup, escape

_BREAK = re.compile(r"\n\s*\n")


def paragraphs(text: str | None) -> Markup:
    blocks = [block.strip() for block in _BREAK.split((text or "").strip()) if block.strip()]
    lines = (Markup("<br>").join(escape(line.strip()) for line in block.splitlines()) for block in blocks)
    return Markup("").join(Markup("<p>{}</p>").format(block) for block in lines)
