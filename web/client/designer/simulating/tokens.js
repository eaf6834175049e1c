// Where tokens are; nothing is changed in place, so every earlier state can be gone back to.
// A token: n, node, via (the flow by which it came), scope, isDone (waits for nothing any more). A scope: n, level, parent, host (a token).
export const NOTHING = { tokens: [], scopes: [], last: 0 };

export function put(state, node, { scope, via = null, isDone = false }) {
  const token = { n: state.last + 1, node, via, scope, isDone };
  return { ...state, tokens: [...state.tokens, token], last: token.n };
}

export function open(state, level, { parent = null, host = null } = {}) {
  const scope = { n: state.last + 1, level, parent, host, isBrokenOff: false };
  return [{ ...state, scopes: [...state.scopes, scope], last: scope.n }, scope.n];
}

export const within = (state, scope) => state.tokens.filter((token) => token.scope === scope);
export const scopeOf = (state, n) => state.scopes.find((scope) => scope.n === n);

export function change(state, n, changes) {
  return { ...state, scopes: state.scopes.map((scope) => (scope.n === n ? { ...scope, ...changes } : scope)) };
}

export function changeToken(state, n, changes) {
  return { ...state, tokens: state.tokens.map((token) => (token.n === n ? { ...token, ...changes } : token)) };
}

// a token goes, and with it whatever goes on inside of it
export function take(state, token) {
  const inner = state.scopes.filter(({ host }) => host === token.n);
  const without = inner.reduce((left, { n }) => close(left, n), state);
  return { ...without, tokens: without.tokens.filter(({ n }) => n !== token.n) };
}

export function empty(state, scope) {
  const below = state.scopes.filter(({ parent, host }) => parent === scope && host === null);
  const without = below.reduce((left, { n }) => close(left, n), state);
  return within(without, scope).reduce(take, without);
}

export function close(state, scope) {
  const without = empty(state, scope);
  return { ...without, scopes: without.scopes.filter(({ n }) => n !== scope) };
}
