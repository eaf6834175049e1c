"""Calendars and rules that several tests use."""

from datetime import date
from pathlib import Path

from engine.calendar import ClockRule, Limit, Mark, RulePack, Unit, WorkCalendar, seed_days, seed_years

RULES = Path(__file__).parents[3] / "rules" / "yongkang"
PLAIN = WorkCalendar.of(region="plain", days=[], official_years=range(2000, 2100))
CHINA = WorkCalendar.of(region="CN", days=seed_days(), official_years=seed_years())


def yongkang() -> RulePack:
    return RulePack.load({f"rules/{path.name}": path.read_bytes() for path in RULES.glob("*.yml")})


def clock(*limits: tuple[int, str], **more: object) -> ClockRule:
    """A clock with these (amount, unit) limits and no law behind it."""
    facts = {
        "id": "some_clock",
        "name": {"zh": "期限", "en": "Clock"},
        "counts_from": {"zh": "收到", "en": "receipt"},
        "limits": tuple(Limit(amount, Unit(unit)) for amount, unit in limits),
        "effect": {"zh": "提醒", "en": "a reminder"},
        "mark": Mark.PROPOSAL,
    }
    return ClockRule(**(facts | more))


def day(text: str) -> date:
    return date.fromisoformat(text)
