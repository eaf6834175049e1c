import { getBusinessObject, is, isAny } from 'bpmn-js/lib/util/ModelUtil';
import { say } from './words.js';

// The menus offer what the engine executes (docs/diagram-dialect.md), and the palette what is drawn most often.
const NEVER = /complex-gateway|transaction|ad-hoc|cancel-(boundary|end)|compensation-start|parallel-event-based|instantiate|toggle-(loop|is-collection|participant-multiplicity)|participant-multiplicity/;
const OPENS = /(message|timer|conditional|signal|error|escalation)-start$/;
const LAST = 100; // after all others

const inEventSubProcess = (element) => Boolean(getBusinessObject(element).$parent?.get('triggeredByEvent'));

function isExecuted(id, element) {
  if (NEVER.test(id)) return false;
  // a case is opened by a person or a service: only event sub-processes begin with an event
  return !OPENS.test(id) || (is(element, 'bpmn:StartEvent') && inEventSubProcess(element));
}

const only = (element) => (entries) => Object.fromEntries(Object.entries(entries).filter(([id]) => isExecuted(id, element)));

const PALETTE = [
  ['user-task', 'bpmn:UserTask', 'bpmn-icon-user-task', () => say('人工任务')],
  ['service-task', 'bpmn:ServiceTask', 'bpmn-icon-service-task', () => say('服务任务')],
  ['script-task', 'bpmn:ScriptTask', 'bpmn-icon-script-task', () => say('脚本任务')],
  ['rule-task', 'bpmn:BusinessRuleTask', 'bpmn-icon-business-rule', () => say('业务规则任务')],
  ['call-activity', 'bpmn:CallActivity', 'bpmn-icon-call-activity', () => say('调用活动')],
];
const NOT_IN_PALETTE = ['create.task', 'create.data-object', 'create.data-store', 'create.participant-expanded', 'create.group'];

export class OnlyExecuted {
  constructor(palette, popupMenu, elementFactory, create) {
    Object.assign(this, { elementFactory, create });
    palette.registerProvider(LAST, { getPaletteEntries: () => (entries) => this.inPalette(entries) });
    for (const menu of ['bpmn-replace', 'bpmn-create', 'bpmn-append']) {
      popupMenu.registerProvider(menu, LAST, { getPopupMenuEntries: only, getPopupMenuHeaderEntries: only });
    }
  }

  inPalette(entries) {
    const kept = Object.entries(entries).filter(([id]) => !NOT_IN_PALETTE.includes(id));
    const tasks = PALETTE.map(([id, type, className, title]) => {
      const start = (event) => this.create.start(event, this.elementFactory.createShape({ type }));
      return [`create.${id}`, { group: 'activity', className, title: title(), action: { dragstart: start, click: start } }];
    });
    const at = kept.findIndex(([id]) => id === 'create.subprocess-expanded');
    return Object.fromEntries([...kept.slice(0, at), ...tasks, ...kept.slice(at)]);
  }
}

OnlyExecuted.$inject = ['palette', 'popupMenu', 'elementFactory', 'create'];

const REFUSED = ['bpmn:ComplexGateway', 'bpmn:AdHocSubProcess', 'bpmn:Transaction', 'bpmn:GlobalTask', 'bpmn:ChoreographyActivity', 'bpmn:ConversationNode'];

// why the engine does not execute an element that is drawn; empty when it does
export function whyNotExecuted(element) {
  const drawn = getBusinessObject(element);
  if (isAny(element, REFUSED)) return say('系统不执行这种元素');
  if (is(element, 'bpmn:Activity') && drawn.get('loopCharacteristics')?.$type === 'bpmn:StandardLoopCharacteristics') return say('系统不执行循环标记，请用连线画出循环');
  if (is(element, 'bpmn:EventBasedGateway') && (drawn.get('instantiate') || drawn.get('eventGatewayType') === 'Parallel')) return say('系统不执行这种事件网关');
  if (!is(element, 'bpmn:Event')) return '';
  const events = drawn.get('eventDefinitions') ?? [];
  if (events.length > 1) return say('一个事件只能有一个定义');
  if (events.some(({ $type }) => $type === 'bpmn:CancelEventDefinition')) return say('系统不执行取消事件');
  if (is(element, 'bpmn:StartEvent') && events.length && !inEventSubProcess(element)) return say('案件由人或服务发起，不由事件发起');
  return '';
}

// Marked by hatching, a dashed line and a sign in words: not by colour alone.
export class MarksNotExecuted {
  constructor(eventBus, elementRegistry, canvas, overlays) {
    const mark = (element) => {
      if (element.labelTarget || element.waypoints || element === canvas.getRootElement()) return;
      const why = whyNotExecuted(element);
      const isMarked = canvas.hasMarker(element, 'is-not-executed');
      if (Boolean(why) === isMarked) return;
      overlays.remove({ element, type: 'not-executed' });
      canvas[why ? 'addMarker' : 'removeMarker'](element, 'is-not-executed');
      if (why) overlays.add(element, 'not-executed', { position: { bottom: 4, left: 0 }, html: sign(why) });
    };
    eventBus.on('import.done', () => elementRegistry.forEach(mark));
    eventBus.on('elements.changed', ({ elements }) => elements.filter((one) => elementRegistry.get(one.id)).forEach(mark));
  }
}

MarksNotExecuted.$inject = ['eventBus', 'elementRegistry', 'canvas', 'overlays'];

function sign(why) {
  const shown = document.createElement('div');
  shown.className = 'not-executed-sign';
  shown.title = why;
  shown.textContent = `⊘ ${say('不执行')}`;
  return shown;
}

export default {
  __init__: ['onlyExecuted', 'marksNotExecuted'],
  onlyExecuted: ['type', OnlyExecuted],
  marksNotExecuted: ['type', MarksNotExecuted],
};
