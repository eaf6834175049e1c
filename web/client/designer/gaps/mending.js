import { getBusinessObject, is, isAny } from 'bpmn-js/lib/util/ModelUtil';
import { diagramsOf } from '../bundle.js';
import { makeForm } from '../fresh_form.js';
import { kit } from '../kit.js';
import { made } from '../made.js';
import { Edit } from '../panel/settings.js';
import { named, say } from '../words.js';
import { silentWays } from './handled.js';

// What can be done about a gap by a button: `words` and `act(diagram, shape)`; each is one command, so 撤销 takes it back.
// `act` may be given what was chosen before.
const replace = (type, more = {}) => (diagram, shape) => diagram.get('bpmnReplace').replaceElement(shape, { type, ...more });
const byHand = () => [{ words: say('改为人工任务'), act: replace('bpmn:UserTask') }];
const form = (name) => ({ params, draft }) => [{ words: say('新建表单 {form}', { form: params[name] }), act: (diagram, shape) => makeForm(draft, shape, params[name]) }];

function assign({ draft }) {
  const groups = kit.groups.map((group) => [group.id, named(group)]);
  const roles = [...new Set(diagramsOf(draft).flatMap((diagram) => diagram.roles))].map((role) => [role, role]);
  const choice = made('select', { class: 'form-select form-select-sm', 'aria-label': say('选择办理组…') }, ...[...roles, ...groups].map(([value, words]) => made('option', { value }, words)));
  const act = (diagram, shape) => new Edit(diagram.modeler.get('injector'), shape).attributes('zeebe:AssignmentDefinition', { candidateGroups: choice.value, assignee: undefined }).done();
  return [{ words: say('由它办理'), choice, act }];
}

function takeByDefault({ element }) {
  const [silent, ...more] = silentWays(element);
  if (!silent || more.length || element.getAttribute('default')) return [];
  const act = (diagram, shape) => diagram.get('modeling').updateProperties(shape, { default: getBusinessObject(diagram.element(silent.id)) });
  return [{ words: say('设为默认流'), act }];
}

const once = (diagram, shape) => diagram.get('modeling').updateProperties(shape, { loopCharacteristics: undefined });

const MENDING = {
  form_needed: form('written'),
  form_unreadable: form('form'),
  group_from_lane: assign,
  service_needed: byHand,
  script_kept_as_text: byHand,
  script_elsewhere: byHand,
  way_without_condition: takeByDefault,
  loop_without_list: () => [{ words: say('只办一次'), act: once }],
};

export const mendingOf = (gap, draft, element) => (element ? MENDING[gap.code]?.({ params: gap.params, draft, element }) ?? [] : []);

// the nearest kind of element that the engine executes
export function nearestExecuted(shape) {
  const drawn = getBusinessObject(shape);
  const to = (words, act) => [{ words, act }];
  if (is(shape, 'bpmn:ComplexGateway')) return to(say('改为包容网关'), replace('bpmn:InclusiveGateway'));
  if (isAny(shape, ['bpmn:Transaction', 'bpmn:AdHocSubProcess'])) return to(say('改为子流程'), replace('bpmn:SubProcess', { isExpanded: !shape.collapsed }));
  if (is(shape, 'bpmn:Activity')) return to(say('去掉循环标记'), once);
  if (is(shape, 'bpmn:EventBasedGateway')) return to(say('改为普通事件网关'), (diagram) => diagram.get('modeling').updateProperties(shape, { instantiate: false, eventGatewayType: 'Exclusive' }));
  if ((drawn.get('eventDefinitions') ?? []).length > 1) return [];
  if (isAny(shape, ['bpmn:StartEvent', 'bpmn:EndEvent'])) return to(say('改为普通事件'), replace(drawn.$type));
  return [];
}
