"""Papers of cases, as PDF and as Word: for pages, for the HTTP API and for processes alike."""

from papermaking.making import KINDS, KindUnknown, make_paper, preview_of, sample_of

__all__ = ["KINDS", "KindUnknown", "make_paper", "preview_of", "sample_of"]
