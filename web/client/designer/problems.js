import { fixButtons } from './fixing.js';
import { icon, made } from './made.js';
import { part } from './served.js';
import { call } from './server.js';
import { say } from './words.js';

const QUIET = 600; // ms without a change before the server is asked
const GROUPS = [
  ['error', () => say('必须处理'), 'alert'],
  ['warning', () => say('应当处理'), 'info'],
  ['style', () => say('写法'), 'pencil'],
];

// The list of problems below the drawing. The server checks; the page only asks when nobody types, and drops answers that are late.
export class Problems {
  constructor(draft, { lead, show, play = null, mend = null, gaps = [] }) {
    Object.assign(this, { draft, lead, show, play, mend, gaps, found: [], timer: 0, asked: null, unfolded: new Set() });
    draft.addEventListener('change', () => this.later());
    part('problems-bar')?.addEventListener('click', () => this.fold());
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), QUIET);
  }

  async check() {
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    this.say(say('正在检查…'));
    try {
      const files = Object.fromEntries(this.draft.changed);
      const verdict = await call('POST', `/drafts/${this.draft.id}/check`, { files }, { signal: asked.signal, isSafe: true });
      this.take(verdict);
    } catch (reason) {
      if (reason.name !== 'AbortError') this.say(say('现在无法检查'));
    }
  }

  take(verdict) {
    this.found = verdict.problems;
    const count = (severity) => this.found.filter((one) => one.severity === severity).length;
    const counts = GROUPS.map(([severity, words]) => [severity, words(), count(severity)]);
    part('counts').replaceChildren(...counts.map(([severity, words, n]) => made('span', { class: `problem-count is-${severity}` }, sign(severity), ` ${words} ${n}`)));
    this.say(verdict.deployable ? say('可以提交') : say('还不能提交'));
    part('problems').replaceChildren(...this.lists(), ...this.left());
    this.show(this.found, verdict);
  }

  say(words) { part('verdict').textContent = words; }

  lists() {
    if (!this.found.length) return [made('p', { class: 'problems-none' }, say('没有发现问题。'))];
    return GROUPS.map(([severity, words]) => [words(), severity, this.found.filter((one) => one.severity === severity)])
      .filter(([, , found]) => found.length)
      .map(([words, severity, found]) => made('section', { class: `problems-group is-${severity}` },
        made('h3', {}, sign(severity), `${words}（${found.length}）`),
        made('ul', {}, ...found.map((one) => this.line(one)))));
  }

  line(problem) {
    const { message, fix, why } = problem;
    const place = this.placeOf(problem);
    const act = () => this.lead(problem);
    return made('li', {},
      place ? made('button', { type: 'button', class: 'problem-place', click: act, 'data-problem': problem.code, 'data-element': problem.element_id || '' }, place) : null,
      made('p', {}, message),
      fold(say('怎么改'), fix, this.unfolded),
      fold(say('为什么'), why, this.unfolded),
      this.acts(problem));
  }

  // what was proven can be seen, and changed where a change was proven to help
  acts(problem) {
    const isPlayed = this.play && problem.counter_example?.steps.length;
    const buttons = [
      ...isPlayed ? [made('button', { type: 'button', class: 'btn btn-sm', 'data-play-proof': problem.element_id ?? '', click: () => this.play(problem) }, icon('play'), say('演示'))] : [],
      ...this.mend ? fixButtons(problem, (fix) => this.mend(problem, fix)) : [],
    ];
    return buttons.length ? made('div', { class: 'button-row problem-acts' }, ...buttons) : null;
  }

  // what another tool's diagram had that could not be taken over, where no list of its own stands beside the drawing
  left() {
    if (!this.gaps.length) return [];
    return [made('section', { class: 'problems-group is-gap' },
      made('h3', {}, icon('info'), say('没有原样带入的内容（{n}）', { n: this.gaps.length })),
      made('ul', {}, ...this.gaps.map(({ message, fix }) => made('li', {}, made('p', {}, message), fix ? made('p', { class: 'problem-more' }, fix) : null))))];
  }

  placeOf({ element_id: id, path, line }) {
    const name = id && nameIn(this.draft.read(path), id);
    return [name || id, path, id ? '' : line && say('第 {line} 行', { line })].filter(Boolean).join(' · ');
  }

  fold() {
    const bar = part('problems-bar');
    const isOpen = bar.getAttribute('aria-expanded') !== 'true';
    bar.setAttribute('aria-expanded', String(isOpen));
    part('problems').hidden = !isOpen;
    window.dispatchEvent(new Event('resize'));
  }
}

function nameIn(text, id) {
  const tag = text?.match(new RegExp(`<[^<>]*\\bid="${id.replace(/[^\w.-]/g, '')}"[^<>]*>`))?.[0];
  const name = tag?.match(/\bname="([^"]*)"/)?.[1];
  return name && new DOMParser().parseFromString(name, 'text/html').documentElement.textContent;
}

// a check while somebody reads draws the list anew: what was unfolded stays so
function fold(title, text, unfolded) {
  if (!text) return null;
  const key = `${title} ${text}`;
  const toggled = ({ target }) => (target.open ? unfolded.add(key) : unfolded.delete(key));
  return made('details', { class: 'problem-more', open: unfolded.has(key), toggle: toggled }, made('summary', {}, title), made('p', {}, text));
}

// a sign with a form of its own for each severity: not told by colour alone
export function sign(severity) {
  const shown = made('span', { class: `problem-sign is-${severity}`, 'aria-hidden': 'true' });
  shown.textContent = { error: '!', warning: '!', style: '~' }[severity];
  return shown;
}
