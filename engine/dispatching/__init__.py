"""Whom a case is offered to: the ranking with its reasons, conflicts, what became of each offer (decision 0020)."""
