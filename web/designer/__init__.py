"""Where process designers work: drafts, their review, versions; checking files, deploying, trying."""

from web.designer import drafts, page, review, tries, trying, versions

SCREENS = (page.screen, drafts.screen, review.screen, versions.screen, tries.screen, trying.screen)
