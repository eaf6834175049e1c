"""Where process designers work: drafts, their review, versions; and the page that checks files and deploys."""

from web.designer import drafts, page, review, versions

SCREENS = (page.screen, drafts.screen, review.screen, versions.screen)
