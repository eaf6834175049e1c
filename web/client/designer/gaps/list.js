import { whyNotExecuted } from '../executed.js';
import { made } from '../made.js';
import { sign } from '../problems.js';
import { part, served } from '../served.js';
import { say } from '../words.js';
import { isHandled, isJudged } from './handled.js';
import { mendingOf, nearestExecuted } from './mending.js';

const KEPT = `tongban.designer.read.${served.id}`;
const parser = new DOMParser();

// What an import left to do, beside the drawing. What is done by now is not listed any more; what is only to be read goes when it was read.
export class Gaps {
  constructor(modelling) {
    Object.assign(this, { modelling, draft: modelling.draft, read: new Set(readMarks()) });
  }

  get isOffered() { return Boolean(part('gaps')); }

  // answers how many are left
  show() {
    if (!this.isOffered) return 0;
    const documents = new Map(this.draft.paths('.bpmn').map((path) => [path, parser.parseFromString(this.draft.read(path), 'text/xml')]));
    const placed = served.gaps.map((gap, n) => ({ gap, n, ...this.place(gap, documents) }));
    const left = placed.filter(({ gap, n, element }) => !this.read.has(n) && !isHandled(gap, this.draft, element));
    const lines = [...this.notExecuted(), ...left.map((one) => this.line(one))];
    part('gaps-count').textContent = lines.length;
    part('gaps').replaceChildren(
      made('h2', { id: 'gaps-title' }, say('导入清单（{n}）', { n: lines.length })),
      lines.length ? made('ul', {}, ...lines) : made('p', {}, say('都处理好了。')));
    return lines.length;
  }

  place({ element_id: id }, documents) {
    for (const [path, document] of id ? documents : []) {
      const element = [...document.getElementsByTagName('*')].find((one) => one.id === id);
      if (element) return { path, element };
    }
    return { path: [...documents.keys()][0], element: null };
  }

  line({ gap, n, path, element }) {
    const id = element && gap.element_id;
    return this.entry(gap.severity, gap.message, gap.fix, { path, id }, mendingOf(gap, this.draft, element), isJudged(gap) ? null : () => this.note(n));
  }

  // elements of the drawing that is looked at
  notExecuted() {
    const { current } = this.modelling;
    const shapes = current?.get('elementRegistry').filter((one) => !one.labelTarget && !one.waypoints && one.parent && whyNotExecuted(one)) ?? [];
    return shapes.map((shape) => this.entry('error', `“${shape.businessObject.name || shape.id}”：${whyNotExecuted(shape)}`, '', { path: current.path, id: shape.id }, nearestExecuted(shape), null));
  }

  entry(severity, message, hint, place, mending, noted) {
    const button = (words, click, more = {}) => made('button', { type: 'button', class: 'btn btn-sm', ...more, click }, words);
    const buttons = [
      ...place.id ? [button(say('去看看'), () => this.modelling.lead({ path: place.path, element_id: place.id }), { 'aria-label': say('去看看：{id}', { id: place.id }) })] : [],
      ...this.draft.mayEdit ? mending.flatMap(({ words, choice, act }) => [choice, button(words, () => this.mend(place, act), { 'data-mend': place.id })]) : [],
      ...noted ? [button(say('知道了'), noted)] : [],
    ];
    return made('li', {}, sign(severity), made('div', {}, made('p', {}, message), hint ? made('p', { class: 'problem-more' }, hint) : null, made('div', { class: 'button-row' }, ...buttons)));
  }

  async mend({ path, id }, act) {
    const diagram = await this.modelling.show(path);
    const shape = diagram.element(id);
    if (!shape) return;
    act(diagram, shape);
    diagram.lead(id);
    await diagram.write();
    this.show();
    this.back();
  }

  note(n) {
    this.read.add(n);
    try { localStorage.setItem(KEPT, JSON.stringify([...this.read])); } catch { /* storage is switched off */ }
    this.show();
    this.back();
  }

  // the entry with the focus is gone
  back() { part('gaps').focus(); }
}

function readMarks() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '[]');
  } catch {
    return [];
  }
}
