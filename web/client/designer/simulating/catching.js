import { boundaryOf, catches, eventLevelsOf, isEvent, startsOf, waysOf } from './model.js';
import { change, empty, open, put, scopeOf, take } from './tokens.js';

// An error or escalation goes up level by level to what catches it. An error that nothing catches stays where it is, as an incident does.
export function throwing(state, token, { words, goOn }) {
  const isError = isEvent(token.node, 'Error');
  const caught = catcherOf(state, token);
  if (!caught && isError) return null;
  const after = () => {
    const left = isError ? state : goOn(state);
    return caught ? caught(left) : left;
  };
  const flows = isError ? [] : waysOf(token.node).map(({ id }) => id);
  return { words, spot: token.node.id, place: token.node.id, flows, isAutomatic: true, after };
}

function catcherOf(state, token) {
  for (let scope = scopeOf(state, token.scope); scope; scope = scopeOf(state, scope.parent)) {
    const level = eventLevelsOf(scope.level).find((one) => startsOf(one).some((start) => catches(start, token.node)));
    if (level && !scope.isBrokenOff) return beginning(scope, level, token);
    const host = state.tokens.find(({ n }) => n === scope.host);
    const event = host && boundaryOf(host.node).find((one) => catches(one, token.node));
    if (event) return (left) => put(event.get('cancelActivity') === false ? left : take(left, host), event, { scope: host.scope, isDone: true });
  }
  return null;
}

function beginning(scope, level, token) {
  const start = startsOf(level).find((one) => catches(one, token.node));
  return (left) => {
    const isInterrupting = start.get('isInterrupting') !== false;
    const [opened, n] = open(isInterrupting ? change(empty(left, scope.n), scope.n, { isBrokenOff: true }) : left, level, { parent: scope.n });
    return put(opened, start, { scope: n, isDone: true });
  };
}
