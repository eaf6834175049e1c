import { fixButtons } from './fixing.js';
import { Film } from './film.js';
import { made } from './made.js';
import { part } from './served.js';
import { TokenDrawing } from './token_drawing.js';
import { say } from './words.js';

// The way to what a problem says, played with tokens; it ends where they are stuck.
export class Proof {
  constructor(modelling) {
    Object.assign(this, { modelling, drawing: new TokenDrawing(), film: null });
    modelling.draft.addEventListener('change', () => this.close()); // the proof was of another diagram
  }

  play(problem) {
    this.close();
    this.problem = problem;
    this.modelling.current?.get('selection').select([]); // its menu would lie over the tokens
    const fixes = this.modelling.draft.mayEdit ? fixButtons(problem, (fix) => this.modelling.mend(problem, fix), { isLong: true }) : [];
    this.film = new Film({
      title: say('怎样走到这里'), frames: framesOf(problem),
      draw: (frame, before) => this.draw(frame, before),
      acts: fixes.length ? [made('div', { class: 'film-acts' }, ...fixes)] : [],
      closed: (isUsed) => this.closed(isUsed),
    });
    this.film.play();
  }

  async draw(frame, before) {
    const path = this.modelling.pathOf(frame.place, this.problem.path);
    const diagram = path ? await this.modelling.show(path) : this.modelling.current;
    this.drawing.follow(diagram, frame.place);
    this.drawing.draw(diagram, frame, Boolean(before));
  }

  close() { this.film?.close(); }

  // the focus goes back to where the film was asked for
  closed(isUsed) {
    this.drawing.clear();
    this.film = null;
    this.modelling.resized();
    const asked = part('problems').querySelector(`[data-play-proof="${CSS.escape(this.problem.element_id ?? '')}"]`);
    if (isUsed) asked?.focus();
  }
}

export function framesOf({ message, element_id: id, counter_example: proof }) {
  const [first] = proof.steps;
  const done = new Set();
  const begin = { words: say('还没有开始'), place: first?.element_id, done: [], current: {}, failed: [], flows: [] };
  const frames = proof.steps.map(({ element_id: place, flows, tokens, words }) => {
    [place, ...flows].forEach((passed) => done.add(passed));
    return { words, place, done: [...done], current: tokens, failed: [], flows };
  });
  const failed = [...new Set([...proof.stuck, proof.element_id ?? id])];
  const end = { words: message, place: proof.element_id ?? id, done: [...done], current: proof.steps.at(-1)?.tokens ?? {}, failed, flows: [] };
  return [begin, ...frames, end];
}
