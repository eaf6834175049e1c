// The slider under a case's diagram: plays the case again, act by act. Without this file it is a form with links.
import { Playing } from './playing.js';

async function filmOf(form) {
  const answer = await fetch(form.dataset.film, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`film: ${answer.status}`);
  return answer.json();
}

// what tokens have passed up to an act, less where they stand after it
function stateAt(film, step) {
  const { current, failed } = film[step - 1];
  const here = new Set([...failed, ...current.map((token) => token.element_id)]);
  const passed = new Set(film.slice(0, step).flatMap((act) => act.passed));
  return { done: [...passed].filter((id) => !here.has(id)), current, failed };
}

class Replay {
  constructor(form, show) {
    Object.assign(this, { form, show, range: form.elements.step, film: null });
    this.playing = new Playing(() => this.forward(), (isRunning) => this.turned(isRunning));
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
      link.classList.toggle('disabled', step === (link.dataset.go === 'back' ? 1 : this.last));
    }
    this.show(stateAt(film, step));
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
