// The page of an anonymous survey: a sheet is taken, filled in and cast as a vote is; only what is filled in is different.
import { VotePage } from './vote_page.js';

export class SurveyPage extends VotePage {
  constructor(root) {
    super(root);
    this.choices = new Sheet(root);
  }
}

// What is filled in on the page. It is read when the sheet is sealed and kept nowhere; no question has to be answered.
export class Sheet {
  constructor(root) {
    this.root = root;
    this.questions = [...root.querySelectorAll('[data-question]')].map((field) => new Question(field));
    root.addEventListener('input', () => { this.note().hidden = true; });
    this.clear(); // a browser that restores a page must not restore an answer
  }

  // Something to put the focus on when nothing at all is answered; null when the sheet may be sent.
  firstWrong() {
    const isEmpty = !this.questions.some((question) => question.answer() !== null);
    this.note().hidden = !isEmpty;
    return isEmpty ? this.note() : null;
  }

  answers() {
    const given = this.questions.map((question) => [question.id, question.answer()]);
    return Object.fromEntries(given.filter(([, answer]) => answer !== null));
  }

  words() {
    return this.questions.map((question) => [question.id, question.words(this.root)]);
  }

  clear() {
    for (const question of this.questions) question.clear();
  }

  note() {
    return this.root.querySelector('[data-wrong-sheet]');
  }
}

class Question {
  constructor(field) {
    this.id = field.dataset.question;
    this.kind = field.dataset.kind;
    this.text = field.querySelector('textarea');
    this.inputs = [...field.querySelectorAll('input')];
    for (const input of this.inputs) this.letBeUndone(input);
  }

  // A single choice that was a mistake can be taken back: a click on it again.
  letBeUndone(input) {
    if (input.type !== 'radio') return;
    let was = false;
    const before = () => { was = input.checked; };
    input.addEventListener('pointerdown', before);
    input.addEventListener('click', () => {
      if (was) input.checked = false;
      was = false;
    });
  }

  answer() {
    if (this.kind === 'open') return written(this.text.value) || null;
    const values = this.inputs.filter((input) => input.checked).map((input) => input.value);
    if (!values.length) return null;
    return this.kind === 'multi' ? values : values[0];
  }

  words(root) {
    if (this.kind === 'open' && this.answer()) return [this.answer()];
    const chosen = this.inputs.filter((input) => input.checked).map((input) => input.dataset.words);
    return chosen.length ? chosen : [root.querySelector(`[data-review="${this.id}"]`).dataset.none];
  }

  clear() {
    for (const input of this.inputs) input.checked = false;
    if (this.text) this.text.value = '';
  }
}

// Signs that nobody sees would take more room than a sheet has.
function written(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f]+/g, ' ').trim();
}
