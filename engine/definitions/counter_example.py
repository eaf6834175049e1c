"""How a process comes to where it should not: the way as steps that can be read, and played on the diagram."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import texts
from engine.definitions.process import Element
from engine.definitions.soundness.finding import Finding, Fix, Step

# Between words that are listed in a sentence.
BETWEEN = {"zh": "、", "en": ", "}


@dataclass(frozen=True)
class CounterExample:
    """`elements` are those of all diagrams of the bundle, `ways` the names of flows that have one."""

    TOPIC: ClassVar[str] = "soundness"

    finding: Finding
    elements: Mapping[str, Element]
    ways: Mapping[str, str]

    def told(self, locale: str) -> dict[str, Any]:
        return {
            "property": self.finding.property,
            "element_id": self.finding.element,
            "level_id": self.finding.level,
            "stuck": list(self.finding.stuck),
            "steps": [self._step(step, locale) for step in self.finding.steps],
            "fixes": [self._fix(fix, locale) for fix in self.finding.fixes],
        }

    def why(self, locale: str) -> str:
        stuck = BETWEEN[locale].join(self._place(p, locale) for p in self.finding.stuck)
        return self._sentence(self.finding.property, locale, name=self._name(self.finding.element, locale), stuck=stuck)

    def how(self, locale: str) -> str:
        said = [self._fix(fix, locale)["words"] for fix in self.finding.fixes]
        return texts.catalogue(locale, self.TOPIC)["or"].join(said) or self._sentence(
            f"fix_{self.finding.property}", locale
        )

    def _step(self, step: Step, locale: str) -> dict[str, Any]:
        ways = [self.ways[flow] for flow in step.flows if self.ways.get(flow)]
        words = self._sentence(f"step_{step.kind}", locale, name=self._name(step.element, locale))
        if ways:
            words += self._sentence("step_ways", locale, ways=BETWEEN[locale].join(ways))
        return {"element_id": step.element, "flows": list(step.flows), "tokens": dict(step.tokens), "words": words}

    def _fix(self, fix: Fix, locale: str) -> dict[str, Any]:
        to = texts.catalogue(locale, self.TOPIC)[fix.to]
        words = self._sentence(f"fix_{fix.action}", locale, name=self._name(fix.element, locale), to=to)
        return {"action": fix.action, "element_id": fix.element, "to": fix.to, "words": words}

    def _sentence(self, code: str, locale: str, **params: str) -> str:
        return texts.sentence(self.TOPIC, code, locale, **params)

    def _place(self, place: str, locale: str) -> str:
        if place in self.elements:
            return self._name(place, locale)
        return self._sentence("on_flow", locale, name=self.ways.get(place) or place)

    def _name(self, element_id: str, locale: str) -> str:
        element = self.elements.get(element_id)
        name = element and ((locale == "en" and element.name_en) or element.name)
        return name or element_id
