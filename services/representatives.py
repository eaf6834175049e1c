"""The negotiators of both sides: what the law asks of them together (浙江省集体合同条例 arts 10, 16)."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.services import ServiceCall, reversible

Row = Mapping[str, Any]
_SIDES = {"worker_reps": "职工方", "employer_reps": "企业方"}
_BEYOND_ONE_ENTERPRISE = ("industry", "region")


@reversible
def appoint(call: ServiceCall) -> Mapping[str, Any]:
    """Replace the holders of a party role."""
    named = call.inputs.get("persons") or []
    call.appoint(str(call.inputs["role"]), [str(p) for p in ([named] if isinstance(named, str) else named) if p])
    return {}


@reversible
def check_representatives(call: ServiceCall) -> Mapping[str, Any]:
    """`problems` is a list of {code, text}; empty when both lists may negotiate."""
    lists = {side: list(call.inputs.get(side) or []) for side in _SIDES}
    least = call.setting("reps_min_above_scale" if call.inputs.get("above_scale") else "reps_min")
    problems = [p for side, rows in lists.items() for p in _one_side(_SIDES[side], rows, least=int(least))]
    if call.inputs.get("level") not in _BEYOND_ONE_ENTERPRISE:
        problems += [p for side, rows in lists.items() for p in _outsiders(_SIDES[side], rows)]
    problems += _both_sides(call, lists["worker_reps"], lists["employer_reps"])
    problems += _recorder(call, [*lists["worker_reps"], *lists["employer_reps"]])
    return {"problems": [{"code": code, "text": text} for code, text in problems]}


def _one_side(side: str, rows: list[Row], *, least: int) -> Iterable[tuple[str, str]]:
    chiefs = [r for r in rows if r.get("is_chief")]
    if len(rows) < least:
        yield "too_few", f"{side}协商代表不得少于 {least} 人，现为 {len(rows)} 人"
    if len(chiefs) != 1:
        yield "one_chief", f"{side}应当有且只有一名首席代表"


def _outsiders(side: str, rows: list[Row]) -> Iterable[tuple[str, str]]:
    """In an industry or a region the people of the other enterprises and of the organisations are no outsiders."""
    outside = [r for r in rows if r.get("is_external")]
    if any(r.get("is_chief") for r in outside):
        yield "chief_outside", f"{side}首席代表不得由外部人员担任"
    if len(outside) * 3 > len(rows):
        yield "too_many_outside", f"{side}外聘专业人员不得超过本方代表的三分之一"


def _both_sides(call: ServiceCall, workers: list[Row], employers: list[Row]) -> Iterable[tuple[str, str]]:
    balance = call.setting("reps_balance")
    if balance == "equal" and len(workers) != len(employers):
        yield "not_equal", f"双方代表人数应当对等：职工方 {len(workers)} 人，企业方 {len(employers)} 人"
    if balance == "employer_not_more" and len(employers) > len(workers):
        yield "employer_more", "企业方代表人数不得多于职工方"
    twice = {_name(r) for r in workers} & {_name(r) for r in employers} - {""}
    if twice:
        yield "both_sides", f"同一人不得同时担任双方代表：{'、'.join(sorted(twice))}"


def _recorder(call: ServiceCall, rows: list[Row]) -> Iterable[tuple[str, str]]:
    one, other = call.inputs.get("recorder_by_worker"), call.inputs.get("recorder_by_employer")
    if one != other:
        yield "recorder_not_agreed", "双方提名的记录员不是同一人，请协商一致"
    if one and one in {_name(r) for r in rows}:
        yield "recorder_negotiates", "记录员不得由协商代表担任"


def _name(row: Row) -> str:
    return str(row.get("person") or row.get("expert") or "")
