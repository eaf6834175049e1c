// The slider under a case's diagram: plays the case again, act by act. Without this file it is a form with links.
import { Playing } from './playing.js';

async function filmOf(form) {
  const answer = await fetch(form.dataset.film, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`film: ${answer.status}`);
  return answer.json();
}

// what tokens have passed up to an act, less where they stand after it; another version begins with what it was given
function stateAt(film, step) {
  const { current, failed } = film[step - 1];
  const here = new Set([...failed, ...current.map((token) => token.element_id)]);
  const acts = film.slice(0, step);
  const first = acts.reduce((found, act, at) => (act.carried ? at : found), 0);
  const passed = new Set([...(film[first].carried || []), ...acts.slice(first).flatMap((act) => act.passed)]);
  return { done: [...passed].filter((id) => !here.has(id)), current, failed };
}

class Replay {
  constructor(form, show) {
    Object.assign(this, { form, show, range: form.elements.step, film: null, turning: Promise.resolve() });
    this.playing = new Playing(() => this.forward(), (isRunning) => this.turned(isRunning));
    this.sheets = JSON.parse(form.dataset.sheets || '[]');
    this.sheet = Number(form.dataset.sheet || 0);
    this.play = form.querySelector('[data-play]');
    this.play.hidden = false;
    this.range.addEventListener('input', () => this.goTo(Number(this.range.value)));
    this.range.addEventListener('change', () => this.settle());
    this.play.addEventListener('click', () => this.toggle());
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('click', (event) => this.follow(event));
  }

  get step() { return Number(this.range.value); }
  get last() { return Number(this.range.max); }

  follow(event) {
    const link = event.target.closest('[data-go], [data-now]');
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.playing.stop();
    const target = { back: this.step - 1, next: this.step + 1 }[link.dataset.go] ?? this.last;
    if (target >= 1 && target <= this.last) this.goTo(target).then(() => this.settle());
  }

  async goTo(step) {
    this.film ||= filmOf(this.form);
    const film = await this.film;
    if (!film[step - 1]) return;
    this.range.value = step;
    this.range.setAttribute('aria-valuetext', film[step - 1].words);
    this.form.querySelector('[data-step]').textContent = step;
    this.form.querySelector('[data-words]').textContent = film[step - 1].words;
    this.form.querySelector('[data-now]').hidden = step === this.last;
    for (const link of this.form.querySelectorAll('[data-go]')) {
      const isEnd = step === (link.dataset.go === 'back' ? 1 : this.last);
      link.classList.toggle('disabled', isEnd);
      if (isEnd) link.setAttribute('aria-disabled', 'true');
      else link.removeAttribute('aria-disabled');
    }
    this.turning = this.turning.then(() => this.turnTo(film, step)).catch((reason) => console.error(reason));
    await this.turning;
  }

  // an act on another version is shown on its sheet; one that was slid past meanwhile is not waited for
  async turnTo(film, step) {
    if (step !== this.step) return;
    const { sheet } = film[step - 1];
    const isTurned = sheet !== this.sheet && sheet in this.sheets;
    await this.show(stateAt(film, step), isTurned ? this.sheets[sheet] : null);
    if (!isTurned) return;
    this.sheet = sheet;
    if (step === this.step) await this.settle();
  }

  // the list of steps below follows when the hand rests, and the address can be sent to a colleague
  async settle() {
    const address = new URL(this.form.dataset.outline, window.location.href);
    if (this.step !== this.last) address.searchParams.set('step', this.step);
    window.history.replaceState(window.history.state, '', address);
    const answer = await fetch(address, { headers: { 'HX-Request': 'true' } });
    if (!answer.ok) return;
    const outline = document.querySelector('#outline');
    outline.innerHTML = await answer.text();
    const head = outline.querySelector('template[data-sheet-head]');
    document.querySelector('#sheet-head').replaceChildren(head.content);
    head.remove();
    document.dispatchEvent(new CustomEvent('tongban:swapped', { detail: outline }));
  }

  toggle() {
    if (this.step === this.last) this.range.value = 0;
    this.playing.toggle();
  }

  async forward() {
    await this.goTo(this.step + 1);
    return this.step < this.last;
  }

  turned(isRunning) {
    this.play.toggleAttribute('aria-pressed', isRunning);
    if (isRunning) this.play.setAttribute('aria-pressed', 'true');
    else this.settle();
  }
}

export function replayIn(host, show) {
  const form = host.closest('.card')?.querySelector('[data-replay]');
  if (form) new Replay(form, show);
}
