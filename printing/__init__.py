"""Paper: official pages as files that can be printed and archived."""

from printing.pdf import PAPER, PdfUnavailable, pdf_of

__all__ = ["PAPER", "PdfUnavailable", "pdf_of"]
