import { is, isAny } from 'bpmn-js/lib/util/ModelUtil';

// What the rules ask of a drawn diagram. A level is the process or a sub-process.
const WAITS = ['bpmn:Task', 'bpmn:CallActivity', 'bpmn:IntermediateCatchEvent'];

export const nodesOf = (level) => (level.get('flowElements') ?? []).filter((one) => is(one, 'bpmn:FlowNode'));
export const nameOf = (node) => node.get('name') || node.id;
// by the ends of the flows: that a step names its flows too is left to the tool that wrote the file
const flowsOf = (level) => (level.get('flowElements') ?? []).filter((one) => is(one, 'bpmn:SequenceFlow'));
export const waysOf = (node) => flowsOf(node.$parent).filter((flow) => flow.get('sourceRef') === node);
export const arrivalsOf = (node) => flowsOf(node.$parent).filter((flow) => flow.get('targetRef') === node);
export const eventOf = (node) => node.get('eventDefinitions')?.[0];
export const isEvent = (node, kind) => eventOf(node)?.$type === `bpmn:${kind}EventDefinition`;
export const isLevel = (node) => is(node, 'bpmn:SubProcess');
export const doesWait = (node) => isAny(node, WAITS) && !isEvent(node, 'Link');
export const startsOf = (level) => nodesOf(level).filter((node) => is(node, 'bpmn:StartEvent'));
export const boundaryOf = (node) => nodesOf(node.$parent).filter((one) => is(one, 'bpmn:BoundaryEvent') && one.get('attachedToRef') === node && !isEvent(one, 'Compensate'));
export const eventLevelsOf = (level) => nodesOf(level).filter((node) => isLevel(node) && node.get('triggeredByEvent'));

// an event sub-process or a process of another tool begins with an event, every other level without one
export function beginningsOf(level) {
  const starts = startsOf(level);
  const plain = starts.filter((start) => !eventOf(start));
  return plain.length ? plain : starts;
}

export function linkedTo(node) {
  const name = eventOf(node).get('name');
  return nodesOf(node.$parent).find((one) => is(one, 'bpmn:IntermediateCatchEvent') && isEvent(one, 'Link') && eventOf(one).get('name') === name);
}

const REFERENCES = { 'bpmn:ErrorEventDefinition': ['errorRef', 'errorCode'], 'bpmn:EscalationEventDefinition': ['escalationRef', 'escalationCode'] };

// `catching` without a reference takes every error, or every escalation
export function catches(catching, thrown) {
  const [one, other] = [eventOf(catching), eventOf(thrown)];
  if (!one || one.$type !== other.$type) return false;
  const [reference, code] = REFERENCES[one.$type];
  const wanted = one.get(reference);
  return !wanted || wanted === other.get(reference) || (wanted.get(code) && wanted.get(code) === other.get(reference)?.get(code));
}

// from where a token can still come along one of these flows, without passing `barrier`
export function reachOf(flows, barrier) {
  const seen = new Set();
  const waiting = flows.map((flow) => flow.get('sourceRef'));
  while (waiting.length) {
    const node = waiting.pop();
    if (!node || node === barrier || seen.has(node)) continue;
    seen.add(node);
    if (is(node, 'bpmn:BoundaryEvent')) waiting.push(node.get('attachedToRef'));
    waiting.push(...arrivalsOf(node).map((flow) => flow.get('sourceRef')));
  }
  return seen;
}
