"""What people of the demo write into the forms of a request (五师助企): the example of the form, and on top of it what
the story says and what only the day can say."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from engine.calendar import WorkCalendar
from engine.context import CITY_TIME

FORMS = Path(__file__).resolve().parent.parent / "forms" / "expert_dispatch"
_CHANNELS = {"liaison": "liaison", "hotline": "hotline"}
_LEVELS = {1: "simple", 2: "complex"}
_REMARKS = ("很及时。", "讲得明白，能落地。", "专家很耐心。", "希望以后常来。", "回复比预想的快。")


@dataclass(frozen=True)
class Scene:
    """Who fills in what and when.

    `profession` is that of who does it, `experts` are names by username, `number` counts the stories, `like_it` is the
    number of the first case with this title.
    """

    told: Mapping[str, Any]
    number: int
    now: datetime
    calendar: WorkCalendar
    place: str
    speaker: str
    phone: str
    profession: str | None = None
    experts: Mapping[str, str] = field(default_factory=dict)
    like_it: str = ""

    @property
    def today(self) -> date:
        return self.now.astimezone(CITY_TIME).date()

    def day(self, workdays: int) -> str:
        return self.calendar.add_workdays(self.today, workdays).isoformat()


def request_of(scene: Scene) -> dict[str, Any]:
    """The start form."""
    told = scene.told
    asked = {key: told[key] for key in ("category", "title", "detail")}
    return asked | {
        "channel": _CHANNELS.get(told.get("by", ""), ("qr", "zlb", "entered")[scene.number % 3]),
        "reporter": scene.speaker,
        "phone": scene.phone,
        "urgency": told.get("urgency", "normal"),
        "professions": told.get("professions", []),
        "mode_wanted": told.get("mode_wanted", "phone"),
        "has_dispute": "counterparty" in told,
        **({"counterparty": told["counterparty"]} if "counterparty" in told else {}),
        "share_consent": told.get("share_consent", True),
    }


def answers_of(form: str, scene: Scene, more: Mapping[str, Any]) -> dict[str, Any]:
    """`more` is said this time only."""
    known = _keys(form)
    own = _OWN.get(form, _nothing)(scene)
    answers = _example(own.pop("example", f"{form}.valid")) | own
    said = {**scene.told.get("says", {}), **more}
    answers |= {key: _for(scene, value) for key, value in said.items() if key in known}
    return {key: value for key, value in answers.items() if value is not None}


def _for(scene: Scene, value: Any) -> Any:
    """Of a mapping what this profession says; +3 is three working days from now."""
    if isinstance(value, Mapping):
        return value.get(scene.profession)
    if isinstance(value, str) and value.startswith("+") and value[1:].isdigit():
        return scene.day(int(value))
    return value


def _nothing(_: Scene) -> dict[str, Any]:
    return {}


def _acceptance(scene: Scene) -> dict[str, Any]:
    decided = scene.told.get("intake", "accept")
    merged = {"merge_into": scene.like_it} if decided == "merge" else {}
    return {"example": "acceptance.valid" if decided == "accept" else f"acceptance.valid.{decided}", **merged}


def _triage(scene: Scene) -> dict[str, Any]:
    wanted = scene.told["professions"]
    dispute = "counterparty" in scene.told
    return {
        "triage_professions": wanted,
        "service_field": scene.told.get("field"),
        "complexity": "complex" if len(wanted) > 1 else "normal" if dispute else "simple",
        "service_mode": "team" if len(wanted) > 1 else "consult" if scene.told.get("contact") else "single",
    }


def _declaration(scene: Scene) -> dict[str, Any]:
    has_clients = scene.profession in ("accountant", "tax_adviser")
    return {"audit_client": False} if has_clients else {}


def _first_contact(scene: Scene) -> dict[str, Any]:
    if scene.told.get("contact") == "consult":
        return {"contact_note": "电话里了解了基本情况，材料可以在线看，先出具咨询意见。"}
    goes_on = scene.calendar.add_workdays(scene.today, scene.told.get("visit", 1 + scene.number % 3))
    return {
        "example": "first_contact.valid.visit",
        "contact_note": "已经和企业通话，材料较多，约定上门查看。",
        "visit_planned_at": f"{goes_on}T{('09:00', '10:00', '14:30')[scene.number % 3]}:00+08:00",
        "visit_plan_place": scene.place,
    }


def _visit(scene: Scene) -> dict[str, Any]:
    began = (scene.now - timedelta(hours=1)).astimezone(CITY_TIME).replace(minute=0, second=0, microsecond=0)
    experts = "、".join(scene.experts.values())
    facts = "现场查看并听取了情况介绍，有关资料已经核对，主要事实清楚。"
    place = {"visit_at": began.isoformat(), "visit_place": scene.place}
    return {**place, "visit_people": f"{scene.speaker}、{experts}", "visit_facts": facts}


def _advice(_: Scene) -> dict[str, Any]:
    return {
        "advice": "按现场核对的材料逐项整改，先固定证据和原始资料，再与对方或者主管部门沟通。",
        "advice_basis": None,
    }


def _closing(scene: Scene) -> dict[str, Any]:
    rows = [{**row, "due": scene.day(row["due"])} for row in scene.told.get("follow_ups", [])]
    return {"explain": "专家的意见已经交给企业，企业按意见办理。", "follow_ups": rows}


def _evaluation(scene: Scene) -> dict[str, Any]:
    return {"speed": 5 - scene.number % 2, "comment": _REMARKS[scene.number % len(_REMARKS)]}


def _lead(scene: Scene) -> dict[str, Any]:
    return {"lead": next(iter(scene.experts))}


def _redispatch(scene: Scene) -> dict[str, Any]:
    return {"replaced_expert": next(iter(scene.experts))}


def _archive(scene: Scene) -> dict[str, Any]:
    return {"example": "archive.valid.example"} if scene.told.get("says", {}).get("typical_case") else {}


def _meeting(scene: Scene) -> dict[str, Any]:
    return {"joint_meeting_on": scene.today.isoformat()}


_OWN = {
    "acceptance": _acceptance,
    "triage": _triage,
    "conflict_declaration": _declaration,
    "first_contact": _first_contact,
    "visit_record": _visit,
    "written_advice": _advice,
    "closing": _closing,
    "evaluation": _evaluation,
    "lead_choice": _lead,
    "redispatch_request": _redispatch,
    "archive": _archive,
    "joint_meeting": _meeting,
}


@cache
def _example_text(name: str) -> str:
    path = FORMS / "examples" / f"{name}.json"
    return path.read_text("utf-8") if path.is_file() else "{}"


def _example(name: str) -> dict[str, Any]:
    found = json.loads(_example_text(name))
    return dict(found.get("answers", found))


@cache
def _keys(form: str) -> frozenset[str]:
    return frozenset(_keys_in(json.loads((FORMS / f"{form}.form").read_text("utf-8"))))


def _keys_in(part: Mapping[str, Any]) -> set[str]:
    own = {part["key"]} if "key" in part else set()
    return own.union(*(_keys_in(child) for child in part.get("components", ())))
