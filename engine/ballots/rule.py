"""What a ballot needs to be valid and to pass: data from the rule pack, frozen when the ballot opens; whole numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from engine.calendar.setting_file import Description
from engine.errors import Problem, Rejected

MAJORITIES = {
    "enterprise": "congress_pass",
    "regional": "congress_pass_regional",
    "national": "congress_pass_national",
}
ROLL_BASES = ("representatives", "staff")
_BASES = ("all", "present", "back")


class BallotRuleUnusable(Rejected):
    """The rule pack or the diagram gives no rule that a ballot can be counted by."""


@dataclass(frozen=True)
class Share:
    """A part of a whole. `of` is who counts as the whole: all on the roll, those present, or ballots given back."""

    numerator: int
    denominator: int
    inclusive: bool
    of: str = "all"

    @classmethod
    def read(cls, value: Any, *, key: str) -> Self:
        """From `{of, numerator, denominator, inclusive}`. Raises BallotRuleUnusable."""
        try:
            share = cls(
                int(value["numerator"]), int(value["denominator"]), bool(value["inclusive"]), value.get("of", "all")
            )
        except (KeyError, TypeError, ValueError):
            raise _unusable(key, value) from None
        if not 0 < share.numerator <= share.denominator or share.of not in _BASES:
            raise _unusable(key, value)
        return share

    def is_met(self, count: int, base: int) -> bool:
        part, whole = count * self.denominator, base * self.numerator
        return part >= whole if self.inclusive else part > whole

    def least(self, base: int) -> int:
        """The smallest count that is enough."""
        whole, rest = divmod(base * self.numerator, self.denominator)
        return whole + (1 if rest or not self.inclusive else 0)

    def formula(self, count: int, base: int) -> str:
        """The comparison as anybody can check it: 27×3 ≥ 40×2."""
        signs = ("≥", "<") if self.inclusive else (">", "≤")
        sign = signs[0] if self.is_met(count, base) else signs[1]
        return f"{count}×{self.denominator} {sign} {base}×{self.numerator}"

    def as_json(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True, kw_only=True)
class BallotRule:
    """`texts` are the words of the rule, `{quorum|majority: {zh, en}}`; `min_cell` is the smallest roll.

    `shows_turnout` lets the voters see how many tickets were taken while the ballot is open.
    """

    level: str
    roll_base: str
    quorum: Share
    majority: Share
    min_cell: int
    shows_turnout: bool
    texts: Mapping[str, Mapping[str, str]]

    @classmethod
    def from_settings(cls, describe: Callable[[str], Description], *, level: str, roll_base: str) -> Self:
        """The rule of a level, as `describe` gives the settings of the day. Raises BallotRuleUnusable."""
        if level not in MAJORITIES or roll_base not in ROLL_BASES:
            raise _unusable("level" if level not in MAJORITIES else "roll", level)
        if describe("ballot_revote").value is not False:
            raise _unusable("ballot_revote", True)  # one vote a person; a second one is not offered
        quorum, majority = describe("congress_quorum"), describe(MAJORITIES[level])
        return cls(
            level=level,
            roll_base=roll_base,
            quorum=Share.read(quorum.value, key=quorum.key),
            majority=Share.read(majority.value, key=majority.key),
            min_cell=int(describe("ballot_min_cell").value),
            shows_turnout=bool(describe("ballot_turnout_visible").value),
            texts={"quorum": _text(quorum), "majority": _text(majority)},
        )

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{**kept, "quorum": Share(**kept["quorum"]), "majority": Share(**kept["majority"])})

    def as_json(self) -> dict[str, Any]:
        shares = {"quorum": self.quorum.as_json(), "majority": self.majority.as_json()}
        return {**vars(self), **shares, "texts": {part: dict(text) for part, text in self.texts.items()}}

    def quorum_of(self, *, present: int, seats: int) -> dict[str, Any]:
        """Whether enough took part, with the numbers and the words it follows from."""
        return {**_compared(self.quorum, present, base=seats), "text": dict(self.texts["quorum"])}

    def majority_of(self, *, votes: int, seats: int, present: int, back: int) -> dict[str, Any]:
        """Whether so many votes are enough, with the numbers and the words it follows from."""
        base = {"all": seats, "present": present, "back": back}[self.majority.of]
        return {**_compared(self.majority, votes, base=base), "text": dict(self.texts["majority"])}


def _compared(share: Share, count: int, *, base: int) -> dict[str, Any]:
    return {
        "count": count,
        "of": share.of,
        "base": base,
        "needed": share.least(base),
        "met": share.is_met(count, base),
        "formula": share.formula(count, base),
    }


def _text(found: Description) -> dict[str, str]:
    """The name of the rule with its article and note; nothing that was not read in a law is called law."""
    return {
        locale: "；".join(filter(None, [name, found.article or found.source, (found.note or {}).get(locale)]))
        for locale, name in found.name.items()
    }


def _unusable(key: str, value: Any) -> BallotRuleUnusable:
    problem = Problem(path=key, code="ballot_rule_value", params={"key": key, "value": str(value)})
    return BallotRuleUnusable(problems=[problem])
