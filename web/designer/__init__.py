"""Where process designers work: drafts, their review, versions; checking files, deploying, trying."""

from web.designer import draft_tries, drafts, editors, migration_runs, migrations, page, review, tries, trying, versions

SCREENS = (
    page.screen,
    drafts.screen,
    editors.screen,
    review.screen,
    versions.screen,
    migrations.screen,
    migration_runs.screen,
    draft_tries.screen,
    tries.screen,
    trying.screen,
)
