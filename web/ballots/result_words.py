"""A result in words: what came out, and each comparison with its numbers, its whole and the words of the rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from web.language import current_locale


@dataclass(frozen=True)
class Comparison:
    """`formula` is the comparison in whole numbers; `said` names its count, its whole and what was needed."""

    formula: str
    said: str
    rule: str
    is_met: bool


def outcome(state: str, result: Mapping[str, Any] | None) -> str:
    if state == "aborted" or result is None:
        return _("本次投票作废")
    if not result["quorum"]["met"]:
        return _("未达到法定人数，未通过")
    return _("全部通过") if result["passed"] else _("未全部通过") if len(result["motions"]) > 1 else _("未通过")


def motion_outcome(motion: Mapping[str, Any]) -> str:
    if motion["kind"] != "election":
        return _("通过") if motion["passed"] else _("未通过")
    return _("选满") if motion["passed"] else _("未选满")


def quorum(result: Mapping[str, Any]) -> Comparison:
    found = result["quorum"]
    said = _("实到 %(count)d 人，分母为应到 %(base)d 人，至少需要 %(needed)d 人", **_numbers(found))
    return _comparison(found, said)


def majority(motion: Mapping[str, Any]) -> Comparison:
    """For an election the votes of whoever has the most."""
    found = motion["majority"]
    whole = {"all": _("应到"), "present": _("实到"), "back": _("收回")}[found["of"]]
    counted = _("得票最多者") if motion["kind"] == "election" else _("同意")
    said = _(
        "%(counted)s %(count)d 票，分母为%(whole)s %(base)d，至少需要 %(needed)d 票",
        counted=counted, whole=whole, **_numbers(found),
    )  # fmt: skip
    return _comparison(found, said)


def withheld_words(reason: str, *, least: int) -> str:
    said = {
        "split": _(
            "领纸质票的人（或者没有领的人）少于 %(least)d 人。为免看出这几个人的选择，只公布合计，公示表不列每一张票。",
            least=least,
        ),
        "few": _(
            "只收回了少于 %(least)d 人的纸质票，又没有达到法定人数。为免看出这几个人的选择，不公布各选项的票数。",
            least=least,
        ),
    }
    return said[reason]


def _comparison(found: Mapping[str, Any], said: str) -> Comparison:
    rule = found["text"].get(current_locale()) or found["text"]["zh"]
    return Comparison(found["formula"], said, rule, found["met"])


def _numbers(found: Mapping[str, Any]) -> dict[str, int]:
    return {name: found[name] for name in ("count", "base", "needed")}
