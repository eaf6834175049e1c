"""The parts of a parsed expression; `position` is the offset of the part in the text."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache


def _nodes_in(value: object) -> Iterator["Node"]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes_in(item)


@dataclass(frozen=True, kw_only=True)
class Node:
    """`depth` and `size` count the levels and the nodes of the tree below, this one included."""

    position: int
    depth: int = field(init=False, compare=False, default=1)
    size: int = field(init=False, compare=False, default=1)

    def __post_init__(self) -> None:
        below = tuple(self.children())
        object.__setattr__(self, "depth", 1 + max((node.depth for node in below), default=0))
        object.__setattr__(self, "size", 1 + sum(node.size for node in below))

    def children(self) -> Iterator["Node"]:
        for name in _parts_of(type(self)):
            yield from _nodes_in(getattr(self, name))


@cache
def _parts_of(kind: type[Node]) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind) if part.name not in ("position", "depth", "size"))


@dataclass(frozen=True, kw_only=True)
class Literal(Node):
    value: object


@dataclass(frozen=True, kw_only=True)
class Name(Node):
    name: str


@dataclass(frozen=True, kw_only=True)
class ListLiteral(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class ContextLiteral(Node):
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, kw_only=True)
class Unbounded(Node):
    """The bound that is not there: in `[5..)` and in `> 5`."""


@dataclass(frozen=True, kw_only=True)
class RangeLiteral(Node):
    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, kw_only=True)
class Arithmetic(Node):
    """A chain of operators of equal rank, worked out from the left."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, kw_only=True)
class Negation(Node):
    operand: Node


@dataclass(frozen=True, kw_only=True)
class Comparison(Node):
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, kw_only=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, kw_only=True)
class Conjunction(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class Disjunction(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class OperatorTest(Node):
    """`< 5` where the other side is given from outside."""

    operator: str
    operand: Node


@dataclass(frozen=True, kw_only=True)
class In(Node):
    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class UnaryTestList(Node):
    """A whole cell of a decision table; no tests at all (`-`) match everything."""

    tests: tuple[Node, ...]
    negated: bool


@dataclass(frozen=True, kw_only=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, kw_only=True)
class Iteration(Node):
    """`name in source` or `name in source..end`."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, kw_only=True)
class For(Node):
    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, kw_only=True)
class Quantified(Node):
    every: bool
    iterations: tuple[Iteration, ...]
    condition: Node


@dataclass(frozen=True, kw_only=True)
class Filter(Node):
    target: Node
    condition: Node


@dataclass(frozen=True, kw_only=True)
class Path(Node):
    target: Node
    name: str


@dataclass(frozen=True, kw_only=True)
class Call(Node):
    """`names` is None for a call by position."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None


@dataclass(frozen=True)
class Type:
    """`name` is a FEEL type name; `parts` are element types, `entries` the fields of a context type."""

    name: str
    parts: tuple["Type", ...] = ()
    entries: tuple[tuple[str, "Type"], ...] = ()


@dataclass(frozen=True, kw_only=True)
class InstanceOf(Node):
    value: Node
    type: Type


@dataclass(frozen=True, kw_only=True)
class FunctionLiteral(Node):
    parameters: tuple[str, ...]
    types: tuple[Type | None, ...]
    body: Node
