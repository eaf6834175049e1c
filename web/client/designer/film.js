import { Playing } from '../playing.js';
import { icon, made } from './made.js';
import { part, root } from './served.js';
import { say } from './words.js';

// Beside the drawing, in the place of the settings: frames of tokens that play by themselves, one by one, or by the slider.
// A frame has `words`; what else it has is for `draw(frame, before)`, where `before` is the frame just left when going on by one.
export class Film {
  constructor({ title, frames, draw, closed, choices = null, acts = [] }) {
    Object.assign(this, { frames, draw, closed, choices, at: 0 });
    this.playing = new Playing(() => this.next(), (isRunning) => this.turned(isRunning));
    this.build(title, acts);
    this.place = part('film');
    this.place.replaceChildren(...this.parts);
    this.place.hidden = false;
    root.dataset.film = '1';
    this.place.onkeydown = (event) => { if (event.key === 'Escape') this.close(); };
    this.list();
    this.goTo(0);
    this.heading.focus();
  }

  get last() { return this.frames.length - 1; }
  get frame() { return this.frames[this.at]; }

  build(title, acts) {
    this.heading = made('h2', { id: 'film-title', tabindex: '-1' }, title);
    this.range = made('input', { type: 'range', min: '0', class: 'form-range', 'aria-label': say('第几步'), input: () => this.jump(Number(this.range.value)) });
    this.count = made('span', { class: 'film-count', 'aria-hidden': 'true' });
    this.words = made('p', { class: 'film-words', 'aria-live': 'polite' });
    this.steps = made('ol', { class: 'film-steps', start: '0' });
    this.buttons = {
      back: this.button('chevron-left', say('上一步'), () => this.jump(this.at - 1)),
      play: this.button('play', say('播放'), () => this.play()),
      next: this.button('next', say('下一步'), () => { this.playing.stop(); this.next(); }),
    };
    this.buttons.play.hidden = Boolean(this.choices);
    this.parts = [
      made('header', { class: 'film-head' }, this.heading, this.button('cross', say('关闭演示'), () => this.close())),
      made('div', { class: 'film-controls', role: 'group', 'aria-label': say('播放控制') }, ...Object.values(this.buttons), this.range, this.count),
      this.words, this.choices, ...acts, this.steps,
    ].filter(Boolean);
  }

  button(picture, words, click) {
    return made('button', { type: 'button', class: 'btn btn-icon', 'aria-label': words, title: words, click }, icon(picture));
  }

  list() {
    const lines = this.frames.map(({ words }, n) => made('li', {}, made('button', { type: 'button', click: () => this.jump(n) }, words)));
    this.steps.replaceChildren(...lines);
    this.range.max = String(this.last);
  }

  // what came after the frame that is shown is forgotten
  add(frame) {
    this.frames.splice(this.at + 1, this.frames.length, frame);
    this.list();
    this.goTo(this.last);
  }

  play() {
    if (this.at === this.last) this.goTo(0);
    this.playing.toggle();
  }

  turned(isRunning) {
    this.buttons.play.setAttribute('aria-pressed', String(isRunning));
    const words = isRunning ? say('暂停') : say('播放');
    this.buttons.play.setAttribute('aria-label', words);
    this.buttons.play.title = words;
    this.buttons.play.replaceChildren(icon(isRunning ? 'pause' : 'play'));
  }

  next() {
    if (this.at < this.last) this.goTo(this.at + 1);
    return this.at < this.last;
  }

  jump(n) {
    this.playing.stop();
    if (n >= 0 && n <= this.last) this.goTo(n);
  }

  goTo(n) {
    const before = n === this.at + 1 ? this.frame : null;
    this.at = n;
    this.range.value = String(n);
    this.range.setAttribute('aria-valuetext', this.frame.words);
    this.count.textContent = `${n}/${this.last}`;
    this.words.textContent = this.frame.words;
    this.buttons.back.setAttribute('aria-disabled', String(n === 0));
    this.buttons.next.setAttribute('aria-disabled', String(n === this.last));
    [...this.steps.children].forEach((line, at) => {
      if (at === n) line.firstChild.setAttribute('aria-current', 'step');
      else line.firstChild.removeAttribute('aria-current');
    });
    this.scrollTo(this.steps.children[n]);
    this.draw(this.frame, before);
  }

  // within the list only: the page stays where it is
  scrollTo(line) {
    const { steps } = this;
    const [top, bottom] = [line.offsetTop - steps.offsetTop, line.offsetTop - steps.offsetTop + line.offsetHeight];
    if (top < steps.scrollTop || bottom > steps.scrollTop + steps.clientHeight) steps.scrollTop = top - steps.clientHeight / 2;
  }

  close() {
    if (this.place.hidden || this.place.firstChild !== this.parts[0]) return;
    this.playing.stop();
    const isUsed = this.place.contains(document.activeElement);
    this.place.hidden = true;
    this.place.replaceChildren();
    delete root.dataset.film;
    this.closed(isUsed);
  }
}
