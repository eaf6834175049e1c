"""A process as people and the engine read it: elements with what the diagram says about them, flows, stages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Flow:
    id: str
    source: str
    target: str
    name: str = ""
    condition: str | None = None
    is_default: bool = False
    parent: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Stage:
    """An expanded sub-process on the main level."""

    id: str
    name: str
    name_en: str


@dataclass(frozen=True)
class Loop:
    """Multi-instance: one instance for each item of the list `collection` (FEEL).

    `element` names the item inside an instance; `output` (FEEL, in the instance) is gathered in the list
    `output_collection`; `completion` (FEEL) true ends the others early.
    """

    collection: str
    element: str = ""
    output: str | None = None
    output_collection: str = ""
    sequential: bool = False
    completion: str | None = None


@dataclass(frozen=True)
class Called:
    """A call of another diagram of the bundle; which variables it sees and leaves behind."""

    process: str
    sees_all: bool = True
    returns_all: bool = True


EventKind = Literal[
    "timer", "message", "signal", "condition", "error", "escalation", "link", "compensation", "terminate"
]


# The error in which a task ends that was offered to people by name, when all of them have declined.
EVERYBODY_DECLINED = "everybody_declined"


@dataclass(frozen=True)
class Element:
    """One thing in the diagram with an id. `type` is the BPMN tag without prefix, `parent` the enclosing (sub-)process.

    Texts that may be FEEL (`assignee`, `candidate_users`, dates, `priority`, sources of inputs and outputs, `script`,
    `timer`, `correlation_key`) are kept as written, with their `=`. A `timer` without `=` is raw ISO 8601. `message` is
    the name of the message; without a `correlation_key` it is addressed by case number. `signal`, `error_code`,
    `escalation_code`, `condition` and `link` say the same of the other events; no error code catches every error.
    `interrupting` is about boundary events and the starts of event sub-processes, `attached_to` and `handler` (the
    activity that compensates) about boundary events, `activity` about what a compensation throw undoes.
    """

    id: str
    type: str
    name: str = ""
    name_en: str = ""
    documentation: str = ""
    documentation_en: str = ""
    parent: str = ""
    stage: str | None = None
    line: int | None = None
    form: str | None = None
    assignee: str | None = None
    candidate_groups: tuple[str, ...] = ()
    candidate_users: str | None = None
    due_date: str | None = None
    follow_up_date: str | None = None
    priority: str | None = None
    service: str | None = None
    decision: str | None = None
    result_variable: str | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[tuple[str, str], ...] = ()
    script: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    attached_to: str | None = None
    event: EventKind | None = None
    timer: str | None = None
    timer_kind: Literal["date", "duration", "cycle"] | None = None
    message: str | None = None
    correlation_key: str | None = None
    signal: str = ""
    error_code: str | None = None
    escalation_code: str | None = None
    condition: str | None = None
    link: str = ""
    activity: str | None = None
    handler: str | None = None
    interrupting: bool = True
    triggered_by_event: bool = False
    for_compensation: bool = False
    loop: Loop | None = None
    called: Called | None = None
    default: str | None = None

    @property
    def throws(self) -> bool:
        """Whether this is an event that happens here, rather than one that is waited for."""
        return self.type in ("intermediateThrowEvent", "sendTask") or (self.type == "endEvent" and bool(self.event))

    @property
    def is_discretionary(self) -> bool:
        """People may start this whenever it waits: a message that is a form handed in."""
        return self.event == "message" and bool(self.form) and self.type not in ("endEvent", "receiveTask")

    def in_english(self, name: str) -> str:
        """The English of a name that begins with mine: that of one instance of many has a label behind it."""
        if not self.name_en or not name.startswith(self.name):
            return name
        return self.name_en + name.removeprefix(self.name).replace("（", " (").replace("）", ")")

    @property
    def offered_when(self) -> str | None:
        """FEEL: what people may start is offered to whom, and while, this holds."""
        return self.properties.get("offered_when")

    @property
    def on_the_spot(self) -> str | None:
        """Usernames, or FEEL that gives them: who may show a code with which those whose task it is do it at once."""
        return self.properties.get("on_the_spot")


@dataclass(frozen=True)
class Process:
    key: str
    name: str
    name_en: str = ""
    documentation: str = ""
    documentation_en: str = ""
    executable: bool = True
    elements: Mapping[str, Element] = field(default_factory=dict)
    flows: tuple[Flow, ...] = ()
    stages: tuple[Stage, ...] = ()
    start_form: str | None = None
    number_prefix: str = ""
    title_from: str = ""
    starter_groups: tuple[str, ...] = ()
    oversight_groups: tuple[str, ...] = ()
    guest_groups: tuple[str, ...] = ()
    party_roles: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, "Process"] = field(default_factory=dict)
    line: int | None = None

    def with_called(self, others: Iterable["Process"]) -> "Process":
        """The same process, which knows the elements of the ones it calls. They lie in no stage of their own."""
        called = {process.key: process for process in others}
        inside = {e.id: replace(e, stage=None) for process in called.values() for e in process.elements.values()}
        flows = tuple(flow for process in called.values() for flow in process.flows)
        return replace(self, called=called, elements={**inside, **self.elements}, flows=(*self.flows, *flows))

    @cached_property
    def has_local_variables(self) -> bool:
        return any(element.loop or element.called for element in self.elements.values())

    @cached_property
    def has_messages_or_signals(self) -> bool:
        return any(element.event in ("message", "signal") for element in self.elements.values())

    @cached_property
    def official_groups(self) -> frozenset[str]:
        """Groups that watch over its cases or do their tasks; no party roles, and nobody who sees only a part."""
        doing = {group for element in self.elements.values() for group in element.candidate_groups}
        return frozenset({*self.oversight_groups, *doing} - {*self.party_roles, *self.guest_groups})

    def each(self, *types: str) -> list[Element]:
        return [element for element in self.elements.values() if element.type in types]

    def into(self, element_id: str) -> list[Flow]:
        return self._into.get(element_id, [])

    def out_of(self, element_id: str) -> list[Flow]:
        return self._out_of.get(element_id, [])

    def within(self, parent: str) -> list[Element]:
        return self._within.get(parent, [])

    @cached_property
    def _into(self) -> dict[str, list[Flow]]:
        return _grouped(self.flows, by=lambda flow: flow.target)

    @cached_property
    def _out_of(self) -> dict[str, list[Flow]]:
        return _grouped(self.flows, by=lambda flow: flow.source)

    @cached_property
    def _within(self) -> dict[str, list[Element]]:
        return _grouped(self.elements.values(), by=lambda element: element.parent)

    def watches(self, event_id: str, element_id: str) -> bool:
        """Whether a boundary event hangs on this element, or on a sub-process around it."""
        event, element = self.elements.get(event_id), self.elements.get(element_id)
        while event is not None and event.attached_to and element is not None:
            if element.id == event.attached_to:
                return True
            element = self.elements.get(element.parent)
        return False

    @property
    def forms(self) -> frozenset[str]:
        used = {element.form for element in self.elements.values() if element.form}
        return frozenset(used | ({self.start_form} if self.start_form else set()))


def _grouped(things: Iterable[T], *, by: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for thing in things:
        groups.setdefault(by(thing), []).append(thing)
    return groups
