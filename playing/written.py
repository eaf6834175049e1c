"""Stories as text: what was done in a try becomes a scenario file, and a story can be told without its neighbours."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import yaml

from engine.errors import Rejected
from playing.player import answers_of, texts_of
from playing.scenario_file import Scenario

MOST_TEXT = 4_000


class StoryDumper(yaml.SafeDumper):
    """Exact decimals; leaves on one line, as people write scenarios."""


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    is_whole = value == value.to_integral_value() and "." not in str(value)
    kind = "int" if is_whole else "float"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", f"{value:f}")


StoryDumper.add_representer(Decimal, _decimal)


def written(story: Mapping[str, Any]) -> str:
    """The text of a scenario file; read again it is the same story."""
    return yaml.dump(plain(story), Dumper=StoryDumper, allow_unicode=True, sort_keys=False, width=140)


def plain(value: Any) -> Any:
    """Mappings and sequences of any kind as dicts and lists; days and moments as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


class _OneStep(yaml.SafeLoader):
    """Without anchors: a few lines of them could stand for a very long text."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:  # type: ignore[override]
        if self.check_event(yaml.AliasEvent):
            raise StepUnreadable()
        return super().compose_node(parent, index)


class StepUnreadable(Rejected):
    """A step is one YAML mapping of at most 4,000 characters, without anchors."""


def read_step(text: str) -> dict[str, Any]:
    """One step as a scenario file writes it. Raises StepUnreadable."""
    try:
        found = yaml.load(text[: MOST_TEXT + 1], Loader=_OneStep)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError) as unreadable:
        raise StepUnreadable() from unreadable
    if len(text) > MOST_TEXT or not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise StepUnreadable()
    return found


def by_itself(scenario: Scenario) -> dict[str, Any]:
    """The story with everything that it takes from other files: what it extends, and examples of forms."""
    story = dict(scenario.story)
    start, steps = story["start"], story["steps"]
    return {**story, "start": _filled(start, scenario), "steps": [_filled(step, scenario) for step in steps]}


def _filled(step: Mapping[str, Any], scenario: Scenario) -> dict[str, Any]:
    if isinstance(step.get("negotiate"), str):
        return {**step, "negotiate": texts_of(step, scenario)}
    if "answers_from" not in step:
        return dict(step)
    own = {key: value for key, value in step.items() if key not in ("answers_from", "answers")}
    return {**own, "answers": answers_of(step, scenario)}
