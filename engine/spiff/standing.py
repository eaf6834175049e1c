"""Where the tokens of a process stand, level by level, without what only listens."""

from engine.definitions.soundness.standing import Standing
from engine.spiff.flow_node import FlowNode
from engine.spiff.gateways import InclusiveGateway, ParallelGateway
from engine.spiff.scope import Scope, Token, Tokens


def standing_of(tokens: Tokens) -> Standing:
    return _standing(tokens, tokens.scopes[None])


def occupied(tokens: Tokens) -> tuple[str, ...]:
    """Elements at which something waits or is done, without the levels around them and what listens."""
    found = [token for scope in tokens.scopes.values() for token in scope.moving if not _levels(tokens, token)]
    return tuple(dict.fromkeys(token.task_spec.element.id for token in found))


def _standing(tokens: Tokens, scope: Scope) -> Standing:
    inside = [(t.task_spec.element.id, _standing(tokens, inner)) for t in scope.moving for inner in _levels(tokens, t)]
    return Standing(tuple(_place(token) for token in scope.moving), tuple(inside))


def _levels(tokens: Tokens, token: Token) -> list[Scope]:
    """Inside of it, or of its instances."""
    return [inner for one in (token, *token.children) if (inner := tokens.within(one)) is not None]


def _place(token: Token) -> str:
    node: FlowNode = token.task_spec
    is_join = isinstance(node, (ParallelGateway, InclusiveGateway)) and len(node.arrivals) > 1
    return token.via if is_join and token.via else node.element.id
