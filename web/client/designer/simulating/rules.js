import { is, isAny } from 'bpmn-js/lib/util/ModelUtil';
import { say } from '../words.js';
import { throwing } from './catching.js';
import { arrivalsOf, beginningsOf, boundaryOf, doesWait, eventLevelsOf, isEvent, isLevel, linkedTo, nameOf, reachOf, waysOf } from './model.js';
import { change, changeToken, close, empty, open, put, take, within } from './tokens.js';

const MOST_SETS = 3; // ways of which every set is offered; of more, each alone and all together

// What can happen next. A move: words, spot (where it is clicked), flows, isAutomatic, after() → the state afterwards.
export function movesOf(state, process) {
  if (!state.scopes.length) return beginnings(state, process);
  const moves = [...state.tokens.flatMap((token) => ofToken(state, token)), ...state.scopes.flatMap((scope) => ofScope(state, scope))];
  const automatic = moves.filter(({ isAutomatic }) => isAutomatic);
  // an inclusive join is judged when nothing automatic is left to do beside it
  return automatic.length ? automatic : [...moves, ...state.tokens.flatMap((token) => inclusiveJoin(state, token))].sort((one, other) => Boolean(other.isAutomatic) - Boolean(one.isAutomatic));
}

function beginnings(state, process) {
  return beginningsOf(process).map((start) => ({
    words: say('从“{name}”开始', { name: nameOf(start) }), spot: start.id, flows: [],
    after: () => {
      const [opened, scope] = open(state, process);
      return put(opened, start, { scope, isDone: true });
    },
  }));
}

function ofToken(state, token) {
  const { node } = token;
  if (is(node, 'bpmn:ParallelGateway')) return parallel(state, token);
  if (is(node, 'bpmn:InclusiveGateway')) return arrivalsOf(node).length > 1 && !token.isDone ? [] : inclusive(state, token);
  if (is(node, 'bpmn:EventBasedGateway')) return waysOf(node).map((flow) => happening(state, token, flow));
  if (isAny(node, ['bpmn:ExclusiveGateway', 'bpmn:ComplexGateway'])) return exclusive(state, token);
  if (is(node, 'bpmn:EndEvent')) return [ending(state, token)].filter(Boolean);
  if (isLevel(node)) return token.isDone ? onwards(state, token) : inside(state, token);
  if (doesWait(node) && !token.isDone) return [...onwards(state, token, { isAutomatic: false }), ...boundary(state, token)];
  return passing(state, token);
}

const leave = (state, token, flows) => flows.reduce(
  (left, flow) => put(left, flow.get('targetRef'), { scope: token.scope, via: flow.id }), take(state, token));

function along(state, token, flows, more) {
  return { spot: token.node.id, place: token.node.id, flows: flows.map(({ id }) => id), after: () => leave(state, token, flows), ...more };
}

const named = (flows) => flows.map((flow) => flow.get('name') || nameOf(flow.get('targetRef'))).join(say('、'));
const chosen = (node, flows) => (node.get('name') ? say('“{name}”：走“{ways}”', { name: nameOf(node), ways: named(flows) }) : say('走“{ways}”', { ways: named(flows) }));

function exclusive(state, token) {
  const ways = waysOf(token.node);
  if (ways.length < 2) return [along(state, token, ways, { words: say('经过“{name}”', { name: nameOf(token.node) }), isAutomatic: true })];
  return ways.map((flow) => along(state, token, [flow], { words: chosen(token.node, [flow]), spot: flow.id }));
}

function inclusive(state, token) {
  const ways = waysOf(token.node);
  if (ways.length < 2) return exclusive(state, token);
  return setsOf(ways).map((flows) => along(state, token, flows, { words: chosen(token.node, flows), spot: flows.length > 1 ? token.node.id : flows[0].id }));
}

function setsOf(ways) {
  if (ways.length > MOST_SETS) return [...ways.map((flow) => [flow]), ways];
  const all = ways.reduce((sets, flow) => [...sets, ...sets.map((set) => [...set, flow])], [[]]);
  return all.filter((set) => set.length).sort((one, other) => one.length - other.length);
}

// one token of each flow, the first that came
function arrived(state, { node, scope }) {
  const first = new Map();
  within(state, scope).filter((one) => one.node === node && !one.isDone).forEach((one) => first.has(one.via) || first.set(one.via, one));
  return first;
}

function parallel(state, token) {
  const first = arrived(state, token);
  if ([...first.values()][0] !== token || first.size < arrivalsOf(token.node).length) return [];
  const merged = [...first.values()].slice(1).reduce(take, state);
  return [along(merged, token, waysOf(token.node), { words: say('经过“{name}”', { name: nameOf(token.node) }), isAutomatic: true })];
}

// as the engine joins: no other token can still come by a flow on which none waits (engine/spiff/gateways.py)
function inclusiveJoin(state, token) {
  const { node } = token;
  const arrivals = arrivalsOf(node);
  if (!is(node, 'bpmn:InclusiveGateway') || token.isDone || arrivals.length < 2) return [];
  const first = arrived(state, token);
  if ([...first.values()][0] !== token) return [];
  const ahead = reachOf(arrivals.filter(({ id }) => !first.has(id)), node);
  const here = reachOf(arrivals.filter(({ id }) => first.has(id)), node);
  const others = within(state, token.scope).filter((one) => one.node !== node);
  if (others.some((one) => ahead.has(one.node) && !here.has(one.node))) return [];
  const merged = [...first.values()].slice(1).reduce(take, state);
  return [{ words: say('汇合到“{name}”', { name: nameOf(node) }), spot: node.id, place: node.id, flows: [], isAutomatic: true, after: () => changeToken(merged, token.n, { isDone: true, via: null }) }];
}

function happening(state, token, flow) {
  const event = flow.get('targetRef');
  const after = () => put(take(state, token), event, { scope: token.scope, via: flow.id, isDone: true });
  return { words: say('“{name}”发生', { name: nameOf(event) }), spot: event.id, place: event.id, flows: [flow.id], after };
}

// out of a step: all ways, or a choice where some have a condition
function onwards(state, token, { isAutomatic = true } = {}) {
  const { node } = token;
  const ways = waysOf(node);
  const words = is(node, 'bpmn:Activity') ? say('“{name}”办完', { name: nameOf(node) }) : say('“{name}”发生', { name: nameOf(node) });
  if (!ways.some((flow) => flow.get('conditionExpression'))) return [along(state, token, ways, { words, isAutomatic })];
  return setsOf(ways).map((flows) => along(state, token, flows, { words: say('{words}，走“{ways}”', { words, ways: named(flows) }), spot: flows.length > 1 ? node.id : flows[0].id }));
}

function passing(state, token) {
  const { node } = token;
  const words = say('经过“{name}”', { name: nameOf(node) });
  const target = is(node, 'bpmn:IntermediateThrowEvent') && isEvent(node, 'Link') && linkedTo(node);
  if (target) return [{ words, spot: node.id, place: node.id, flows: [], isAutomatic: true, after: () => put(take(state, token), target, { scope: token.scope, isDone: true }) }];
  if (is(node, 'bpmn:IntermediateThrowEvent') && isEvent(node, 'Escalation')) return [throwing(state, token, { words, goOn: (left) => leave(left, token, waysOf(node)) })];
  return [along(state, token, waysOf(node), { words, isAutomatic: true })];
}

function inside(state, token) {
  const { node } = token;
  if (state.scopes.some(({ host }) => host === token.n)) return boundary(state, token);
  const [start] = beginningsOf(node);
  if (!start) return onwards(state, token);
  const after = () => {
    const [opened, scope] = open(state, node, { parent: token.scope, host: token.n });
    return put(opened, start, { scope, isDone: true });
  };
  return [{ words: say('进入“{name}”', { name: nameOf(node) }), spot: node.id, place: start.id, flows: [], isAutomatic: true, after }];
}

function boundary(state, token) {
  return boundaryOf(token.node).map((event) => ({
    words: say('“{name}”发生', { name: nameOf(event) }), spot: event.id, place: event.id, flows: [],
    after: () => put(event.get('cancelActivity') === false ? state : take(state, token), event, { scope: token.scope, isDone: true }),
  }));
}

function ending(state, token) {
  const { node, scope } = token;
  const words = say('到达“{name}”', { name: nameOf(node) });
  if (isEvent(node, 'Terminate')) return { words, spot: node.id, place: node.id, flows: [], isAutomatic: true, after: () => empty(state, scope) };
  if (isEvent(node, 'Error') || isEvent(node, 'Escalation')) return throwing(state, token, { words, goOn: (left) => take(left, token) });
  return along(state, token, [], { words, isAutomatic: true });
}

function ofScope(state, scope) {
  const hosted = state.tokens.find(({ n }) => n === scope.host);
  const isEmpty = !within(state, scope.n).length && !state.scopes.some(({ parent, host }) => parent === scope.n && host === null);
  const name = nameOf(scope.level);
  if (isEmpty) {
    const after = () => (hosted ? changeToken(close(state, scope.n), hosted.n, { isDone: true }) : close(state, scope.n));
    return scope.parent === null ? [] : [{ words: say('“{name}”结束', { name }), spot: scope.level.id, place: scope.level.id, flows: [], isAutomatic: true, after }];
  }
  return scope.isBrokenOff ? [] : eventLevelsOf(scope.level).flatMap((level) => beginningsOf(level).map((start) => called(state, scope, level, start)));
}

function called(state, scope, level, start) {
  const after = () => {
    const isInterrupting = start.get('isInterrupting') !== false;
    const left = isInterrupting ? change(empty(state, scope.n), scope.n, { isBrokenOff: true }) : state;
    const [opened, n] = open(left, level, { parent: scope.n });
    return put(opened, start, { scope: n, isDone: true });
  };
  return { words: say('“{name}”发生', { name: nameOf(start) }), spot: start.id, place: start.id, flows: [], after };
}
