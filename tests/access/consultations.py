"""Two consultations in two enterprises: the scenario of the process, told with words of our own in every free text."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from playing.player import Player
from playing.scenario_file import Scenario
from tests.city import City

STORY = Path("bpmn/wage_consultation/scenarios/happy_path.yml")
FORMS = Path("forms/wage_consultation")
WRITTEN = ("textarea", "textfield")
# What both sides have agreed on is copied into the draft and cannot be changed there.
AGREED = ("head", "text", "na_reason")


class Teller(Player):
    """Plays as the people of one enterprise. What is a free text in a form ends with a word from `word`."""

    def __init__(self, city: City, names: Mapping[str, str], word: Callable[[], str]) -> None:
        super().__init__(open_engine=lambda: city.engine)
        self._names, self._word = names, word

    def __exit__(self, *_: object) -> None:
        """The engine is the city's."""

    def actor(self, username: str) -> Any:
        return super().actor(self._names.get(username, username))

    def answers(self, step: Mapping[str, Any], scenario: Scenario) -> dict[str, Any]:
        told: dict[str, Any] = _renamed(super().answers(step, scenario), self._names)
        form = str(step.get("answers_from", "")).split(".")[0]
        return _worded(told, set(free_texts(form)), self._word)

    def begin(self) -> str:
        """Starts the case and gives its id."""
        scenario = Scenario.read(STORY)
        start = _renamed(scenario.story["start"], self._names)
        self._left = [_renamed(step, self._names) for step in scenario.story["steps"] if "expect" not in step]
        self._played = Scenario(scenario.path, scenario.process, scenario.examples, {"start": start, "steps": []})
        self.case_id = self.start(self._played)
        return self.case_id

    def go_on_until(self, what: str) -> None:
        """Up to the step at the task, or of the kind, `what`, without it."""
        while what not in (self._left[0].get("task"), *self._left[0]):
            self.do(self._left.pop(0), self._played, self.case_id)


def free_texts(form: str) -> Iterator[str]:
    """Keys of the fields of a form that take any words."""
    path = FORMS / f"{form}.form"
    return _free(json.loads(path.read_text("utf-8"))["components"]) if path.is_file() else iter(())


def _free(components: list[dict[str, Any]]) -> Iterator[str]:
    for part in components:
        yield from _free(part.get("components", []))
        rules = part.get("validate", {})
        is_plain = "pattern" not in rules and not part.get("properties", {}).get("widget")
        if part["type"] in WRITTEN and is_plain and part["key"] not in AGREED and rules.get("maxLength", 200) >= 60:
            yield part["key"]


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _renamed(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value


def _worded(value: Any, keys: set[str], word: Callable[[], str], key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _worded(part, keys, word, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_worded(part, keys, word, key) for part in value]
    return f"{value} {word()}" if isinstance(value, str) and key in keys else value
