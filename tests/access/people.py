"""Who asks: one person for every role of the city, the same roles elsewhere, and those who have no role."""

from engine.actor import SYSTEM
from engine.commands.register_people import Enrolment, PersonEntry, RegisterPeople
from seeds.demo_data import HILL, HILL_TOWN, STAR
from tests.city import City

STAR_PEOPLE = {
    "worker_chief": "chair",
    "worker_negotiator": "rep1",
    "congress_rep": "rep9",
    "ordinary_worker": "worker5",
    "recorder": "worker60",
    "employer_chief": "boss",
    "employer_negotiator": "worker1",
    "hr": "hr",
    "town_union": "town_union",
    "liaison": "liaison",
    "left": "rep40",
}
HILL_PEOPLE = {
    "worker_chief": "chair2",
    "worker_negotiator": "rep2_1",
    "congress_rep": "rep2_9",
    "scrutineer": "rep2_5",
    "ordinary_worker": "staff2_5",
    "recorder": "staff2_9",
    "employer_chief": "boss2",
    "employer_negotiator": "staff2_1",
    "hr": "hr2",
    "town_union": "town_union2",
    "liaison": "liaison2",
}
# Of 小铜匠 in 古山镇, which has no case.
NEIGHBOURS = ("boss3", "hr3", "worker3_1")
CITY_PEOPLE = {
    "city_union": "union",
    "guide": "guide",
    "reviewer": "hrss",
    "review_leader": "hrss_leader",
    "federation": "federation",
    "expert": "lawyer1",
    "system_admin": "admin",
    "security_admin": "security",
    "audit_admin": "auditor",
    "designer": "designer",
}
CITY_READERS = ("union", "guide", "hrss", "hrss_leader")
PLACES = {"star": STAR_PEOPLE, "hill": HILL_PEOPLE, "closed": STAR_PEOPLE}
ROLES = (*STAR_PEOPLE.values(), *HILL_PEOPLE.values(), *NEIGHBOURS, *CITY_PEOPLE.values())
NOBODY = "nobody"
EVERYBODY = (*ROLES, NOBODY)


def has_part(role: str, place: str) -> bool:
    """Whether somebody may meet the case of a place at all; for everybody else there is none."""
    strangers = {PLACES[place].get(name) for name in ("left", "liaison")}
    return role in {*PLACES[place].values(), *CITY_READERS} - strangers


def people_of(place: str, roles: str) -> set[str]:
    """Usernames of those who have one of these roles there. Raises KeyError for a role that is written wrong."""
    known = {**CITY_PEOPLE, **PLACES[place]}
    elsewhere = {role for people in PLACES.values() for role in people}
    return {known[role] for role in roles.split() if role in known or role not in elsewhere}


def enter_more_people(city: City) -> None:
    """Roles that the demo people lack: staff of 远山 who are no representatives, a liaison of its town."""
    staff = Enrolment(group="worker", enterprise=HILL)
    liaison = PersonEntry(username="liaison2", name="金东升", enrolments=(Enrolment(group="liaison", town=HILL_TOWN),))
    people = [PersonEntry(username=f"staff2_{n}", name=f"程员工{n}", enrolments=(staff,)) for n in (1, 2, 5, 9)]
    city.engine.run(RegisterPeople(organisations=(), people=(*people, liaison), password="demo"), actor=SYSTEM)


NAMES_AT_HILL = {
    STAR: HILL,
    "chair": "chair2",
    "boss": "boss2",
    "hr": "hr2",
    "worker60": "staff2_9",
    "worker1": "staff2_1",
    "worker2": "staff2_2",
    **{f"rep{n}": f"rep2_{n}" for n in range(1, 31)},
}
