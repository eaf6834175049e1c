"""The Word template that a paper begins with."""

from functools import cache

from engine.definitions.paper import Paper


@cache
def first_template(paper: Paper) -> bytes:
    """The same bytes for the same paper, so that its hash says which one it is."""
    # Imported late: few who start the program ever ask for a Word file.
    from engine.word.writing import TemplateWriter  # noqa: PLC0415

    return TemplateWriter().write(paper)
