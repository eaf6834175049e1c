import { getBusinessObject, is, isAny } from 'bpmn-js/lib/util/ModelUtil';
import { part } from './served.js';
import { say } from './words.js';

const FIRST = 1500; // before the ready-made keys that move elements: those keep Shift
const isNode = (element) => is(element, 'bpmn:FlowNode') && !element.labelTarget;

// The keyboard goes where the tokens go: arrows follow the flows, Tab goes through all steps in their order, Enter opens the settings.
export class Walk {
  constructor(canvas, elementRegistry, selection, keyboard, translate, eventBus) {
    Object.assign(this, { canvas, elementRegistry, selection, translate });
    keyboard.addListener(FIRST, ({ keyEvent }) => this.pressed(keyEvent));
    eventBus.on('selection.changed', ({ newSelection }) => this.tell(newSelection));
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const act = {
      ArrowRight: () => this.follow('outgoing', 'target'),
      ArrowLeft: () => this.follow('incoming', 'source'),
      ArrowDown: () => this.aside(1),
      ArrowUp: () => this.aside(-1),
      Tab: () => this.next(event.shiftKey ? -1 : 1),
      Enter: () => this.open(),
    }[event.key];
    if (!act || (event.shiftKey && event.key !== 'Tab') || !act()) return undefined;
    event.preventDefault();
    return true;
  }

  here() {
    const [element, ...more] = this.selection.get();
    return element && !more.length && isNode(element) ? element : null;
  }

  go(element) {
    if (!element) return false;
    this.selection.select(element);
    this.canvas.scrollToElement(element, { top: 100, bottom: 100, left: 160, right: 160 });
    return true;
  }

  follow(direction, end) {
    const here = this.here();
    if (!here) return false;
    const flow = here[direction].find((one) => is(one, 'bpmn:SequenceFlow'));
    this.cameFrom = direction === 'outgoing' ? here : null;
    // at the end of the way the key does nothing, rather than moving the element
    return flow ? this.go(flow[end]) : true;
  }

  // the other ways out of the gateway before
  aside(step) {
    const here = this.here();
    if (!here) return false;
    const before = (this.cameFrom && this.cameFrom.outgoing.some(({ target }) => target === here) && this.cameFrom) || here.incoming[0]?.source;
    const ways = (before?.outgoing ?? []).filter((one) => is(one, 'bpmn:SequenceFlow')).map(({ target }) => target);
    const at = ways.indexOf(here);
    return at < 0 ? true : this.go(ways[(at + step + ways.length) % ways.length]);
  }

  // behind the last step and before the first one the focus leaves the drawing
  next(step) {
    const all = this.order();
    const here = this.here();
    const at = here ? all.indexOf(here) : step > 0 ? -1 : all.length;
    return this.go(all[at + step]);
  }

  // by the flows from the starts; boundary events behind their activity, a sub-process before what is in it
  order() {
    const nodes = this.elementRegistry.filter((element) => isNode(element) && element.parent);
    const seen = new Set();
    const visit = (first) => {
      const waiting = [first];
      while (waiting.length) {
        const node = waiting.shift();
        if (!node || seen.has(node) || !isNode(node)) continue;
        seen.add(node);
        const within = (node.children ?? []).filter((child) => is(child, 'bpmn:StartEvent'));
        within.forEach(visit);
        waiting.push(...(node.attachers ?? []), ...node.outgoing.map(({ target }) => target));
      }
    };
    const isStart = (node) => is(node, 'bpmn:StartEvent') && !isNode(node.parent);
    nodes.filter(isStart).forEach(visit);
    nodes.forEach(visit);
    return [...seen];
  }

  open() {
    if (!this.here()) return false;
    const group = part('panel')?.querySelector('.bio-properties-panel-group-header-title');
    const field = part('panel')?.querySelector('.bio-properties-panel-group.open input, .bio-properties-panel-group-entries.open input, input, textarea');
    (field ?? group)?.focus();
    return Boolean(field ?? group);
  }

  title(element) {
    const kind = this.translate(getBusinessObject(element).$type.replace('bpmn:', '').replace(/(?!^)([A-Z])/g, ' $1'));
    return `${kind} ${getBusinessObject(element).name || element.id}`;
  }

  tell([element, ...more]) {
    const place = part('told');
    if (!place) return;
    if (!element || more.length || !isNode(element)) {
      place.textContent = more.length ? say('已选中 {n} 个元素', { n: more.length + 1 }) : '';
      return;
    }
    const after = element.outgoing.filter((one) => is(one, 'bpmn:SequenceFlow')).map(({ target }) => this.title(target));
    const at = this.order().indexOf(element) + 1;
    const next = after.length ? say('之后进入 {names}', { names: after.join(say('、')) }) : isAny(element, ['bpmn:EndEvent']) ? say('到此结束') : say('之后没有步骤');
    place.textContent = say('{title}，第 {n} 步，{next}', { title: this.title(element), n: at, next });
  }
}

Walk.$inject = ['canvas', 'elementRegistry', 'selection', 'keyboard', 'translate', 'eventBus'];

export default { __init__: ['walk'], walk: ['type', Walk] };
