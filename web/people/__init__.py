"""The screens of administrators: organisations, people and their rights, the audit; and first login and password."""

from web.people import (
    audit,
    expert_desk,
    expert_page,
    expert_sheets,
    experts,
    first_login,
    organisation_page,
    organisations,
    password,
    people_list,
    person_page,
    rights,
    rosters,
)

SCREENS = (
    first_login.screen,
    password.screen,
    organisations.screen,
    organisation_page.screen,
    people_list.screen,
    person_page.screen,
    rights.screen,
    audit.screen,
    rosters.screen,
    expert_desk.screen,
    experts.screen,
    expert_sheets.screen,
    expert_page.screen,
)
