"""Decisions: DMN files, read once, that answer questions."""
