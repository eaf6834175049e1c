import { decisionsOf, diagramsOf } from '../bundle.js';
import { kit } from '../kit.js';

// Whether what an import could not take over is done by now, by what stands in the files. Codes as in texts/*/gaps.yml;
// one that is missing here is only to be read.
const one = (element, tag) => element.getElementsByTagNameNS('*', tag)[0];
const said = (element, tag, attribute) => one(element, tag)?.getAttribute(attribute) ?? '';
const child = (element, pattern) => [...element.children].find(({ localName }) => pattern.test(localName));
const names = (list) => list.split(',').map((name) => name.trim()).filter(Boolean);

const hasForm = (element, draft, form) => said(element, 'formDefinition', 'formId') !== form || draft.read(`forms/${form}.form`) !== undefined;
const isScripted = ({ element }) => element.localName !== 'scriptTask' || Boolean(one(element, 'script')?.getAttribute('expression'));

function isSaidOtherwise({ element, params: { text } }) {
  const all = [element, ...element.getElementsByTagName('*')].filter(({ localName }) => localName !== 'documentation');
  const values = all.flatMap((part) => [...[...part.attributes].map(({ value }) => value), part.children.length ? '' : part.textContent]);
  return !values.some((value) => value.includes(text.trim()));
}

function isOffered({ element, draft }) {
  const groups = said(element, 'assignmentDefinition', 'candidateGroups');
  const known = new Set([...kit.groups.map(({ id }) => id), ...diagramsOf(draft).flatMap(({ roles }) => roles)]);
  return groups.startsWith('=') || (groups !== '' && names(groups).every((name) => known.has(name)));
}

function isMapped({ element, params: { parameter } }) {
  const mappings = [...element.getElementsByTagNameNS('*', 'input'), ...element.getElementsByTagNameNS('*', 'output')];
  return mappings.some((mapping) => mapping.getAttribute('target') === parameter);
}

// the flows out of a gateway that nobody said anything about
export function silentWays(gateway) {
  const flows = [...gateway.ownerDocument.getElementsByTagNameNS('*', 'sequenceFlow')].filter((flow) => flow.getAttribute('sourceRef') === gateway.id);
  return flows.filter((flow) => flow.id !== gateway.getAttribute('default') && !one(flow, 'conditionExpression')?.textContent.trim());
}

const HANDLED = {
  form_needed: ({ element, draft, params }) => hasForm(element, draft, params.written),
  form_unreadable: ({ element, draft, params }) => hasForm(element, draft, params.form),
  group_from_lane: isOffered,
  service_needed: ({ element, params }) => said(element, 'taskDefinition', 'type') !== params.written || kit.services.some(({ id }) => id === params.written),
  decision_needed: ({ element, draft }) => decisionsOf(draft).some(({ id }) => id === said(element, 'calledDecision', 'decisionId')),
  called_process_needed: ({ draft, params }) => diagramsOf(draft).some(({ id }) => id === params.process),
  script_kept_as_text: isScripted,
  script_elsewhere: isScripted,
  timer_without_time: ({ element }) => Boolean(one(element, 'timerEventDefinition')?.textContent.trim()),
  timer_not_iso: isSaidOtherwise,
  expression_not_translated: isSaidOtherwise,
  expression_language_unclear: isSaidOtherwise,
  parameter_not_translated: isMapped,
  way_without_condition: ({ element }) => !silentWays(element).length,
  loop_without_list: ({ element }) => !child(element, /LoopCharacteristics$/) || Boolean(said(element, 'loopCharacteristics', 'inputCollection')),
  event_without_reference: ({ element, params }) => Boolean(said(element, params.what, params.reference)),
  event_definition_unknown: ({ element }) => Boolean(child(element, /EventDefinition$/)),
};

export const isJudged = ({ code }) => code in HANDLED;

// an element that is gone needs nothing any more; what is only to be read may speak of one that was never taken over
export function isHandled(gap, draft, element) {
  return isJudged(gap) && (!element || HANDLED[gap.code]({ element, draft, params: gap.params }));
}
