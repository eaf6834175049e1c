"""What is not published because it would tell how few persons, whom others saw taking part, have voted.

Who voted online nobody knows: the whole roll stands behind each choice. Who was given paper was seen by those in the
room. So where both kinds came back, the board would show two groups apart: those with paper and the rest of the roll.
"""

from collections.abc import Mapping
from typing import Any

SPLIT, FEW = "split", "few"
_COUNTS = ("valid", "yes", "no", "abstain", "spoilt", "majority")


def reason_to_withhold(result: Mapping[str, Any], *, online: int, least: int) -> str | None:
    """`split`: the sum may be told, not online and paper apart; `few`: no figure by choice, and nothing was decided.

    `online` is the number of papers in the box. A vote that reached its quorum is always told: the law asks for it.
    """
    with_paper, back = result["issued_paper"], result["paper"]["back"]
    if online and back and min(with_paper, result["seats"] - with_paper) < least:
        return SPLIT
    if back and not online and with_paper < least and not result["quorum"]["met"]:
        return FEW
    return None


def withheld(result: Mapping[str, Any], *, online: int, least: int) -> dict[str, Any]:
    """The result as it is told to everybody, the case and its history included."""
    reason = reason_to_withhold(result, online=online, least=least)
    if reason is None:
        return dict(result)
    told = {**result, "withheld": reason, "paper": {"back": result["paper"]["back"]}}
    if reason == FEW:
        told["motions"] = [_without_counts(motion) for motion in result["motions"]]
    return told


def _without_counts(motion: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in motion.items() if name not in _COUNTS}
    if "candidates" in kept:
        kept["candidates"] = [{"id": c["id"], "name": c["name"]} for c in kept["candidates"]]
    return kept
