"""The groups of the city. A process may offer tasks to these and to the party roles it declares.

Three administrators watch one another (三员分立): the system administrator keeps organisations and people, the
security administrator grants what people may do, the audit administrator reads what the two did. Nobody is two of them.
"""

from collections.abc import Mapping
from enum import StrEnum

ADMINISTRATORS = "system_admin"
SECURITY = "security_admin"
AUDITORS = "audit_admin"
THREE_ADMINISTRATORS = frozenset({ADMINISTRATORS, SECURITY, AUDITORS})
DESIGNERS = "process_designer"
UNIONS = ("town_union", "city_union")
STAFF = "worker"
REPRESENTATIVES = "congress_rep"
HR = "enterprise_hr"
FEDERATION = "federation"
MANAGEMENT = ("enterprise_manager", HR)

# The group of each profession that is dispatched to enterprises (五师).
EXPERT_GROUPS: Mapping[str, str] = {
    "physician": "expert_physician",
    "lawyer": "expert_lawyer",
    "accountant": "expert_accountant",
    "tax_adviser": "expert_tax",
    "appraiser": "expert_appraiser",
}


# Who negotiates for one side, and who belongs to it.
WORKER_SIDE = frozenset(
    {"worker_chief", "worker_negotiator", "congress_rep", "enterprise_union_officer", "scrutineer", "worker"}
)
EMPLOYER_SIDE = frozenset({"employer_chief", "employer_negotiator", "enterprise_manager", "enterprise_hr"})
# People of one line of work can stand in for one another. What is not here cannot be passed on: a vote and an election
# are personal, the three administrators watch one another, and who designs or sends messages acts for nobody.
LINES: Mapping[str, str] = {
    "bargaining_guide": "union",
    "city_union": "union",
    "enterprise_hr": "management",
    "enterprise_manager": "management",
    "enterprise_union_officer": "enterprise_union",
    "expert_accountant": "accountants",
    "expert_appraiser": "appraisers",
    "expert_lawyer": "lawyers",
    "expert_physician": "physicians",
    "expert_tax": "tax",
    "federation": "federation",
    "hrss_leader": "labour",
    "hrss_reviewer": "labour",
    "liaison": "federation",
    "town_office": "town",
    "town_union": "union",
}


class Place(StrEnum):
    """Where a membership counts: in one enterprise, in one town, in a town or everywhere, everywhere."""

    ENTERPRISE = "enterprise"
    TOWN = "town"
    TOWN_OR_CITY = "town_or_city"
    CITY = "city"


PLACES: Mapping[str, Place] = {
    "audit_admin": Place.CITY,
    "bargaining_guide": Place.TOWN_OR_CITY,
    "city_union": Place.CITY,
    "congress_rep": Place.ENTERPRISE,
    "enterprise_hr": Place.ENTERPRISE,
    "enterprise_manager": Place.ENTERPRISE,
    "enterprise_union_officer": Place.ENTERPRISE,
    "expert_accountant": Place.CITY,
    "expert_appraiser": Place.CITY,
    "expert_lawyer": Place.CITY,
    "expert_physician": Place.CITY,
    "expert_tax": Place.CITY,
    "federation": Place.TOWN_OR_CITY,
    "hrss_leader": Place.TOWN_OR_CITY,
    "hrss_reviewer": Place.TOWN_OR_CITY,
    "liaison": Place.TOWN,
    "message_sender": Place.CITY,
    "process_designer": Place.CITY,
    "security_admin": Place.CITY,
    "system_admin": Place.CITY,
    "town_office": Place.TOWN,
    "town_union": Place.TOWN,
    "worker": Place.ENTERPRISE,
}
GROUPS = frozenset(PLACES)
ENTERPRISE_GROUPS = frozenset(g for g, place in PLACES.items() if place is Place.ENTERPRISE)
