import { isEnglish } from './served.js';
import { call } from './server.js';
import { say } from './words.js';

const REST = 3000; // ms between two questions: names change seldom while somebody types

// What every expression knows, with the parameters of functions.
const ALWAYS = [
  ['case', null, () => say('案件：编号、标题、镇街、企业、参与方')],
  ['今天', null, () => say('今天的日期')],
  ['现在', null, () => say('现在的时刻')],
  ['期限', ['rule', 'start'], () => say('按期限规则算出的最后一天')],
  ['规则', ['key'], () => say('规则文件中的数值')],
  ['工作日后', ['start', 'days'], () => say('若干工作日以后的日期')],
  ['日期', ['date'], () => say('写成“2026年3月4日”')],
  ['时刻', ['moment'], () => say('写成“2026年3月4日09:30”')],
];

// The names that expressions of this diagram may use, from the server, with what forms call them and who writes them.
// Asked for when somebody writes an expression, and again when the draft has changed since.
export class Names {
  constructor(draft, path, elementRegistry) {
    Object.assign(this, { draft, path, elementRegistry, scopes: {}, isStale: true, asked: null, askedAt: -REST });
    draft.addEventListener('change', () => { this.isStale = true; });
  }

  // what the ready-made entries ask, too
  async getVariablesForElement(thing) {
    if (this.isStale && performance.now() - this.askedAt > REST) this.ask();
    await this.asked;
    const own = scopesAround(thing).flatMap((id) => this.scopes[id] ?? []);
    const known = new Map(own.map((one) => [one.name, one])); // the innermost comes last
    return [...[...known.values()].map((one) => this.shown(one)), ...always()];
  }

  ask() {
    this.isStale = false;
    this.askedAt = performance.now();
    const files = Object.fromEntries(this.draft.changed);
    this.asked = call('POST', `/drafts/${this.draft.id}/names`, { path: this.path, files }, { isSafe: true })
      .then(({ process, scopes }) => { if (process) this.scopes = scopes; })
      .catch(() => { this.isStale = true; }); // the names of before are better than none
  }

  shown({ name, label, label_en: english, written_by: writers }) {
    const steps = writers.map((id) => this.elementRegistry.get(id)?.businessObject.name || id).join(say('、'));
    return { name, detail: isEnglish ? english : label, info: steps ? say('写入：{steps}', { steps }) : undefined };
  }
}

Names.$inject = ['config.draft', 'config.path', 'elementRegistry'];

const always = () => ALWAYS.map(([name, parameters, words]) => (parameters
  ? { name, type: 'function', params: parameters.map((one) => ({ name: one })), info: words() }
  : { name, detail: words() }));

// the process and the loops that something lies in, the outermost first
function scopesAround(thing) {
  const found = [];
  for (let at = thing.processRef || thing; at; at = at.$parent) {
    if (at.loopCharacteristics || at.$type === 'bpmn:Process') found.unshift(at.id);
  }
  return found;
}

export default { variableResolver: ['type', Names] };
