"""Reads, checks and pins what designers write: diagrams, decision tables, forms and rule packs."""
