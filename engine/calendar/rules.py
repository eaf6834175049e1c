"""The dated rule values and clocks of one region, read from its rule files."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from engine.calendar import clock_file, rule_yaml, setting_file
from engine.calendar.clock_rule import ClockRule
from engine.calendar.rule_schema import Faults
from engine.calendar.setting_file import Description, Setting
from engine.errors import DefinitionError, NotFound

__all__ = ["Description", "NotYetInForce", "RuleFileInvalid", "RulePack", "UnknownClock", "UnknownSetting"]

_SECTIONS = ("settings", "clocks")


class RuleFileInvalid(DefinitionError):
    """A rule file is wrong; `problems` name the file and the key."""


class UnknownSetting(NotFound):
    """No rule file has a setting with this key."""


class UnknownClock(NotFound):
    """No rule file has a clock with this id."""


class NotYetInForce(NotFound):
    """The setting has no value for so early a day."""


@dataclass(frozen=True)
class RulePack:
    """All settings and clocks of a deployment; `version` is the hash of the files."""

    version: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    clocks: Mapping[str, ClockRule] = field(default_factory=dict)

    @staticmethod
    def load(files: Mapping[str, bytes]) -> "RulePack":
        """Reads all files together, the same ones only once; raises RuleFileInvalid with every problem found."""
        return _loaded(tuple(sorted(files.items())))

    def filled_up_from(self, newer: "RulePack") -> "RulePack":
        """With what only the newer one has."""
        if newer.version == self.version:
            return self
        settings, clocks = {**newer.settings, **self.settings}, {**newer.clocks, **self.clocks}
        return RulePack(f"{self.version}+{newer.version}", settings, clocks)

    def setting(self, key: str, on: date) -> Any:
        """The value in force on that day; raises UnknownSetting or NotYetInForce."""
        return self.describe(key, on).value

    def clock(self, rule_id: str) -> ClockRule:
        try:
            return self.clocks[rule_id]
        except KeyError:
            raise UnknownClock(rule=rule_id) from None

    def describe(self, key: str, on: date | None = None) -> Description:
        """The value with its basis, on that day or the newest one."""
        try:
            setting = self.settings[key]
        except KeyError:
            raise UnknownSetting(key=key) from None
        found = setting.describe(on)
        if found is None:
            raise NotYetInForce(key=key, on=str(on))
        return found


@lru_cache(maxsize=8)
def _loaded(files: tuple[tuple[str, bytes], ...]) -> RulePack:
    """Every bundle brings the rules of the city, and they change seldom."""
    read = [_read(path=path, content=content) for path, content in files]
    settings: dict[str, Setting] = {}
    for content, faults in read:
        settings |= setting_file.settings(content=content.get("settings", {}), known=settings, faults=faults)
    clocks: dict[str, ClockRule] = {}
    for content, faults in read:
        clocks |= clock_file.clocks(content=content.get("clocks", {}), settings=settings, known=clocks, faults=faults)
    problems = [problem for _, faults in read for problem in faults.problems]
    if problems:
        raise RuleFileInvalid(problems=problems, files=[path for path, _ in files])
    return RulePack(_version(dict(files)), settings, clocks)


def _read(*, path: str, content: bytes) -> tuple[dict[str, Any], Faults]:
    faults = Faults(path)
    found, problems = rule_yaml.read(path=path, content=content)
    faults.problems += problems
    if problems:
        return {}, faults
    if not isinstance(found, dict):
        faults.add("", "rule_not_mapping")
        return {}, faults
    for section in found:
        if section not in _SECTIONS:
            faults.add(str(section), "rule_key_unknown", allowed=", ".join(_SECTIONS))
    return found, faults


def _version(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode() + files[path])
    return digest.hexdigest()[:16]
