"""Which names the expressions of a bundle may use, and where each comes from: for whoever writes such an expression."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.definitions.check import read_bundle
from engine.definitions.form import Form
from engine.definitions.lint import Draft
from engine.definitions.lint.variables import Variables, written_by


@dataclass(frozen=True)
class KnownName:
    """`label` is what a form calls it, empty when none does; `written_by` are elements of this diagram."""

    name: str
    label: str
    label_en: str
    written_by: tuple[str, ...]


@dataclass(frozen=True)
class DiagramNames:
    """`scopes` by id: the process, and each loop with what exists in one of its instances only.

    What lies in a scope also knows the names of those around it.
    """

    path: str
    process: str
    scopes: Mapping[str, tuple[KnownName, ...]]


def names_of(
    files: Mapping[str, bytes], *, services: Collection[str], groups: Collection[str]
) -> tuple[DiagramNames, ...]:
    """One for each diagram; none while a diagram cannot be read."""
    drafts = read_bundle(files, services=services, groups=groups)
    labels = {name: label for draft in drafts[:1] for form in draft.forms.values() for name, label in _labels(form)}
    return tuple(_names(draft, labels) for draft in drafts)


def _names(draft: Draft, labels: Mapping[str, tuple[str, str]]) -> DiagramNames:
    writers: dict[str, list[str]] = {}
    own = dict(labels)
    for element in draft.process.elements.values():
        collected = {element.loop.output_collection} - {""} if element.loop else set()
        for name in written_by(draft, element) | collected:
            writers.setdefault(name, []).append(element.id)
        form = draft.forms.get(element.form or "")
        own |= dict(_labels(form)) if form else {}

    def known(name: str) -> KnownName:
        return KnownName(name, *own.get(name, ("", "")), tuple(writers.get(name, ())))

    scopes = {scope: tuple(map(known, sorted(names))) for scope, names in Variables(draft).by_scope().items()}
    return DiagramNames(draft.path, draft.process.key, scopes)


def _labels(form: Form) -> Iterator[tuple[str, tuple[str, str]]]:
    """Of the fields of a form; a label that is worked out has no text before there is a case."""
    for name in form.written_keys:
        component = form.level.members[name].component
        if label := component.label.literal:
            yield name, (label, component.label_en.literal or label)
