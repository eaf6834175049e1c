"""Who may do what to the things of a case, in each of its states: tried out by every role, and taken back."""

import pytest

from engine.errors import EngineError, NotFound, Rejected
from tests.access.acts import ACTS, Things, things_of
from tests.access.asking import Asking
from tests.access.people import PLACES, ROLES, has_part
from tests.access.reading_matrix import matrix
from tests.access.two_towns import LEFT

MATRIX = matrix()
AT_THE_TABLE = {"propose a text", "agree to the text of the workers", "withdraw the text of the workers"}
AT_THE_TABLE |= {"write a note on a clause"}


@pytest.mark.parametrize("place", PLACES)
def test_only_those_of_the_table_may(asking: Asking, place: str) -> None:
    things = things_of(asking.towns, place)

    wrong = {}
    for name in ACTS:
        if things.clauses or name not in AT_THE_TABLE:
            may, refused = _tried(asking, things, name)
            expected = MATRIX.doers(place, name)
            if may != expected or not _all_hidden(refused, place):
                wrong[name] = {"too many": may - expected, "missing": expected - may, "refused": refused}

    assert wrong == {}


def test_the_table_names_every_act() -> None:
    assert set(MATRIX.table["acts"]) == set(ACTS)


def _tried(asking: Asking, things: Things, name: str) -> tuple[set[str], dict[str, EngineError]]:
    """Who may, even if they have said it wrong, and why the others may not."""
    city = asking.towns.city
    outcomes = {role: city.engine.try_out(ACTS[name](things), actor=city.actor(role)) for role in ROLES if role != LEFT}
    may = {role for role, refusal in outcomes.items() if refusal is None or isinstance(refusal, Rejected)}
    return may, {role: refusal for role, refusal in outcomes.items() if refusal is not None and role not in may}


def _all_hidden(refused: dict[str, EngineError], place: str) -> bool:
    """For those who have no part in the case there is nothing that could be refused."""
    return all(isinstance(refusal, NotFound) for role, refusal in refused.items() if not has_part(role, place))
