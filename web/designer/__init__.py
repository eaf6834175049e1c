"""Where process designers work: drafts, their review, versions; and the page that checks files and deploys."""

from web.designer import drafts, editors, page, review, versions

SCREENS = (page.screen, drafts.screen, editors.screen, review.screen, versions.screen)
