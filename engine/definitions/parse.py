"""Text to an lxml tree with everything off that reaches outside or grows; its errors carry no text of the file."""

import re

from lxml import etree

from engine.definitions.lint_problem import LintProblem, error


def parsed(text: str) -> etree._Element | LintProblem:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as wrong:
        if re.search("depth|huge|too long|amplification", str(wrong), re.IGNORECASE):
            return error("xml_limits", line=wrong.lineno)
        return error("not_well_formed", line=wrong.lineno, detail=_plain(wrong.msg))


def _plain(message: str | None) -> str:
    """The parser's words without its copy of the text, so that no uploaded markup comes back."""
    return re.sub(r"[^\w .,:'=-]", " ", message or "")[:120]
