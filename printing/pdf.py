"""HTML becomes PDF/A; the only module that knows WeasyPrint."""

from functools import cache
from pathlib import Path
from typing import Any

from engine.errors import Conflict

PAPER = Path(__file__).with_name("paper.css")
VARIANT = "pdf/a-3u"


class PdfUnavailable(Conflict):
    """The libraries that make PDF files are not installed on this server; pages can still be printed."""


def pdf_of(html: str) -> bytes:
    """One document of A4 pages, its fonts in it. What the HTML refers to is never fetched, unless it is a data: URI.

    Raises PdfUnavailable.
    """
    weasyprint = _weasyprint()
    nothing_outside = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    document = weasyprint.HTML(string=html, url_fetcher=nothing_outside)
    content: bytes = document.write_pdf(stylesheets=[_paper()], pdf_variant=VARIANT, pdf_tags=True)
    return content


@cache
def _paper() -> Any:
    return _weasyprint().CSS(string=PAPER.read_text("utf-8"))


def _weasyprint() -> Any:
    """Imported late: it takes half a second, and needs libraries of the system that a server may lack."""
    try:
        import weasyprint  # noqa: PLC0415
        import weasyprint.urls  # noqa: PLC0415
    except (ImportError, OSError) as missing:
        raise PdfUnavailable(why=str(missing)) from missing
    return weasyprint
