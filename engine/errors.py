"""The kinds of error the engine knows; leaves are defined beside what raises them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with what was handed in, and where.

    `code` names the sentence in `texts/<locale>/problems.yml`; `params` fill its gaps. `text` replaces that sentence
    where a designer wrote one.
    """

    path: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    element_id: str | None = None
    text: str | None = None


class EngineError(Exception):
    """Something could not be done."""

    def __init__(self, *, problems: Iterable[Problem] = (), **details: Any) -> None:
        super().__init__(self.__doc__)
        self.problems = tuple(problems)
        self.details = details

    @property
    def code(self) -> str:
        """The stable name of this error for clients and for `texts/<locale>/errors.yml`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", type(self).__name__).lower()


class NotFound(EngineError):
    """There is no such thing, or it is not for your eyes."""


class NotAllowed(EngineError):
    """You may not do this."""


class Conflict(EngineError):
    """This is no longer possible in the present state."""


class Rejected(EngineError):
    """What was handed in is not acceptable."""


class DefinitionError(EngineError):
    """A process, form, decision table or rule file is wrong."""
