"""Paper: official pages as files that can be printed and archived."""

from printing.pdf import PdfUnavailable, pdf_of

__all__ = ["PdfUnavailable", "pdf_of"]
