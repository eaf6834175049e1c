"""The pages of process designers: check files, bring in diagrams of other tools, deploy, try."""

from web.designer import page, tries, trying

SCREENS = (page.screen, tries.screen, trying.screen)
