"""The page on which process designers check files, bring in diagrams of other tools, and deploy."""

from web.designer.page import screen

__all__ = ["screen"]
