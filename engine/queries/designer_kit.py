"""What a designer may choose from: groups, party roles, services, rules of the law, forms and decisions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import texts
from engine.actor import Actor
from engine.calendar.clock_rule import Limit
from engine.calendar.rules import RulePack
from engine.catalogue import Catalogue
from engine.definitions.bundle import Bundle
from engine.definitions.form import Form
from engine.groups import ADMINISTRATORS, DESIGNERS, GROUPS
from engine.model import Deployment
from engine.permissions import must_be_in


@dataclass(frozen=True)
class Choice:
    """`name` is Chinese, `name_en` English; `processes` use it."""

    id: str
    name: str
    name_en: str
    processes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slot:
    """An input or an output of a service."""

    name: str
    documentation: str
    documentation_en: str


@dataclass(frozen=True)
class ServiceChoice:
    type: str
    name: str
    name_en: str
    documentation: str
    documentation_en: str
    inputs: tuple[Slot, ...]
    outputs: tuple[Slot, ...]


@dataclass(frozen=True)
class RuleChoice:
    """`kind` is clock or setting; `status` says how well the value is founded, as in the rule files."""

    id: str
    kind: str
    name: str
    name_en: str
    value: Any
    unit: str | None
    article: str | None
    status: str


@dataclass(frozen=True)
class Kit:
    groups: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    services: tuple[ServiceChoice, ...]
    rules: tuple[RuleChoice, ...]
    forms: tuple[Choice, ...]
    decisions: tuple[Choice, ...]


def designer_kit(session: Session, actor: Actor, *, catalogue: Catalogue, services: Iterable[str]) -> Kit:
    """Forms, decisions and roles are those of the newest versions of all processes; rules are those of the city."""
    must_be_in(actor, DESIGNERS, ADMINISTRATORS)
    bundles = _newest_bundles(session, catalogue)
    forms = ((form.id, _title(form), b.process_key) for b in bundles for form in b.forms.values())
    decisions = ((d.id, d.name or d.id, b.process_key) for b in bundles for d in b.decisions.values())
    roles = ((role, _said("groups", role, "zh"), b.process_key) for b in bundles for role in b.process.party_roles)
    pack = RulePack.load(catalogue.with_rules(session, {}))
    return Kit(
        groups=tuple(Choice(g, _said("groups", g, "zh"), _said("groups", g, "en")) for g in sorted(GROUPS)),
        roles=tuple(_choices(roles, english=lambda role: _said("groups", role, "en"))),
        services=tuple(_service(type_) for type_ in sorted(services)),
        rules=(*_clocks(pack), *_settings(pack)),
        forms=tuple(_choices(forms)),
        decisions=tuple(_choices(decisions)),
    )


def _title(form: Form) -> str:
    """A form-js schema has no title of its own: its first heading says what it is."""
    texts_of_form = (part.get("text") or "" for part in form.schema.get("components", ()) if part.get("type") == "text")
    heading = next((text for text in texts_of_form if text.startswith("#")), "")
    return heading.lstrip("#").strip().partition("\n")[0][:80] or form.id


def _newest_bundles(session: Session, catalogue: Catalogue) -> list[Bundle]:
    newest = select(Deployment.process, func.max(Deployment.version)).group_by(Deployment.process)
    rows = session.execute(newest.order_by(Deployment.process)).all()
    return [catalogue.version(session, process, version)[1] for process, version in rows]


def _choices(found: Iterable[tuple[str, str, str]], *, english: Any = None) -> Iterator[Choice]:
    by_id: dict[str, tuple[str, list[str]]] = {}
    for id_, name, process in found:
        by_id.setdefault(id_, (name, []))[1].append(process)
    for id_, (name, processes) in sorted(by_id.items()):
        yield Choice(id_, name, english(id_) if english else name, tuple(processes))


def _said(topic: str, code: str, locale: str, part: str | None = None) -> str:
    return texts.sentence(topic, code, locale, part)


def _service(type_: str) -> ServiceChoice:
    parts = texts.catalogue("zh", "services").get(type_, {})
    inputs, outputs = (tuple(_slots(type_, parts, kind)) for kind in ("input_", "output_"))
    said = {
        f"{name}{suffix}": _said("services", type_, locale, part) if parts else ""
        for name, part in (("name", "name"), ("documentation", "message"))
        for suffix, locale in (("", "zh"), ("_en", "en"))
    }
    said = {key: text or (type_ if key.startswith("name") else "") for key, text in said.items()}
    return ServiceChoice(type=type_, inputs=inputs, outputs=outputs, **said)


def _slots(type_: str, parts: Mapping[str, str], kind: str) -> Iterator[Slot]:
    for part in parts:
        if part.startswith(kind):
            name = part.removeprefix(kind)
            yield Slot(name, _said("services", type_, "zh", part), _said("services", type_, "en", part))


def _clocks(pack: RulePack) -> Iterator[RuleChoice]:
    for id_, rule in sorted(pack.clocks.items()):
        first = rule.limits[0] if rule.limits else None
        yield RuleChoice(
            id=id_, kind="clock", name=rule.name.get("zh", id_), name_en=rule.name.get("en", id_),
            value=first.amount if first else None, unit=str(first.unit) if first else None,
            article=_article(rule.limits), status=str(rule.mark),
        )  # fmt: skip


def _article(limits: Iterable[Limit]) -> str | None:
    return next((limit.article for limit in limits if limit.article), None)


def _settings(pack: RulePack) -> Iterator[RuleChoice]:
    for id_ in sorted(pack.settings):
        found = pack.describe(id_)
        yield RuleChoice(
            id=id_, kind="setting", name=found.name.get("zh", id_), name_en=found.name.get("en", id_),
            value=found.value, unit=found.unit or None, article=found.article, status=str(found.mark),
        )  # fmt: skip
