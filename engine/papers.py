"""The facts that a paper takes from its case, and who may make it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.audit import digest
from engine.automation import evaluate
from engine.circles import Circle
from engine.definitions.bundle import Bundle
from engine.definitions.paper import Paper, all_papers
from engine.errors import Conflict, NotAllowed, NotFound
from engine.feel import HostFunction, to_json
from engine.groups import ADMINISTRATORS
from engine.model import Case, DocumentTemplate, Person
from engine.permissions import group_audiences


class PaperNotFound(NotFound):
    """There is no such paper for this case."""


class PaperNotReady(Conflict):
    """The case does not know yet what this paper would say."""


class NotForYouToMake(NotAllowed):
    """This paper is made by others."""


class NotYoursToKeep(NotAllowed):
    """The template of this paper is looked after by others."""


class FactsChanged(Conflict):
    """The case has moved on while the paper was being made; make it again."""


class TemplateNotFound(NotFound):
    """The paper has no such version of its template."""


def paper_of(case: Case, key: str) -> Paper:
    """Raises PaperNotFound."""
    paper = all_papers().get(f"{case.process}/{key}")
    if paper is None:
        raise PaperNotFound(paper=key)
    return paper


def may_make(paper: Paper, case: Case, actor: Actor) -> bool:
    if actor is SYSTEM:
        return True
    return any(
        actor.person_id in (case.parties.get(name) or {}).values()
        or bool(actor.audiences & set(group_audiences(name, town=case.town, organisation_id=case.enterprise_id)))
        for name in paper.made_by
    )


def is_ready(paper: Paper, words: Mapping[str, Any]) -> bool:
    return evaluate(paper.ready, _Known(words, paper.known)) is True


def circle_of(paper: Paper, words: Mapping[str, Any]) -> Circle:
    """Who may read it."""
    return Circle(evaluate(paper.circle, _Known(words, paper.known)))


def facts_of(paper: Paper, words: Mapping[str, Any], bundles: Iterable[Bundle], session: Session) -> dict[str, Any]:
    """Plain JSON by name; labels are those of the first bundle that has them. Raises FeelEvaluationError."""
    facts: dict[str, Any] = {}
    known = _Known(words, paper.known, facts | _functions(bundles, session))
    for name, source in paper.facts.items():
        value = evaluate(source, known)
        known.more[name] = value
        facts[name] = to_json(value)
    return facts


def template_of(session: Session, paper: Paper) -> DocumentTemplate | None:
    """The newest Word template that officials put in place; None: the one of the program."""
    query = select(DocumentTemplate).where(DocumentTemplate.key == paper.id)
    return session.scalars(query.order_by(DocumentTemplate.version.desc()).limit(1)).first()


def is_kept_by(paper: Paper, actor: Actor) -> bool:
    """Whether this person looks after the template of this paper."""
    return bool(actor.groups & {*paper.kept_by, ADMINISTRATORS})


def kept_paper(paper_id: str, actor: Actor) -> Paper:
    """A paper whose template this person looks after. Raises PaperNotFound and NotYoursToKeep."""
    paper = all_papers().get(paper_id)
    if paper is None:
        raise PaperNotFound(paper=paper_id)
    if not is_kept_by(paper, actor):
        raise NotYoursToKeep()
    return paper


def digest_of(facts: Mapping[str, Any]) -> str:
    return digest(dict(facts))


class _Known(Mapping[str, Any]):
    """Earlier facts, then the words of the case; a name that nobody has written yet is null."""

    def __init__(self, words: Mapping[str, Any], known: frozenset[str], more: dict[str, Any] | None = None) -> None:
        self._words, self._known, self.more = words, known, more or {}

    def __getitem__(self, name: str) -> Any:
        if name in self.more:
            return self.more[name]
        if name in self._words:
            return self._words[name]
        if name in self._known:
            return None
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._known), **dict.fromkeys(self._words), **self.more})

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _functions(bundles: Iterable[Bundle], session: Session) -> dict[str, Any]:
    names: dict[str, str] = {}

    def person(username: Any) -> str:
        if username not in names:
            names[username] = session.scalar(select(Person.name).where(Person.username == username)) or str(username)
        return names[username]

    def label(field: str, value: Any) -> str:
        if value is None:
            return ""
        found = (form.label_of(field, value) for bundle in bundles for form in bundle.forms.values())
        return next((text for text in found if text), str(value))

    written: dict[str, tuple[tuple[str, ...], Callable[..., str]]] = {
        "姓名": (("username",), lambda username: "" if username is None else person(username)),
        "字样": (("field", "value"), label),
    }
    return {name: HostFunction(name, parameters, call) for name, (parameters, call) in written.items()}
