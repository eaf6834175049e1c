// What is chosen on the page, motion by motion. It is read when the vote is sealed and kept nowhere.

export class Choices {
  constructor(root) {
    this.motions = [...root.querySelectorAll('[data-motion]')].map((field) => new Motion(field));
  }

  // The first motion that is not answered as it must be, with the reason shown; null when all are.
  firstWrong() {
    const wrong = this.motions.filter((motion) => motion.judge());
    return wrong[0] || null;
  }

  answers() {
    return Object.fromEntries(this.motions.map((motion) => [motion.id, motion.answer()]));
  }

  words() {
    return this.motions.map((motion) => [motion.id, motion.chosen().map((input) => input.dataset.words)]);
  }

  clear() {
    for (const motion of this.motions) motion.clear();
  }
}

class Motion {
  constructor(field) {
    this.field = field;
    this.id = field.dataset.motion;
    this.inputs = [...field.querySelectorAll('input')];
    this.places = Number(field.dataset.places || 1);
    field.addEventListener('change', (event) => this.changed(event.target));
    this.clear(); // a browser that restores a page must not restore a choice
  }

  get isElection() {
    return this.field.dataset.kind === 'election';
  }

  chosen() {
    return this.inputs.filter((input) => input.checked);
  }

  // Abstaining and naming somebody exclude each other: the last click counts.
  changed(input) {
    if (this.isElection && input.checked) {
      const abstains = input.value === 'abstain';
      for (const other of this.inputs) if (other !== input && (other.value === 'abstain') !== abstains) other.checked = false;
    }
    this.count();
    if (!this.note().hidden || this.isOver()) this.judge();
  }

  count() {
    const place = this.field.querySelector('[data-chosen]');
    const named = this.chosen().filter((input) => input.value !== 'abstain').length;
    if (place) place.textContent = named ? `${named} / ${this.places}` : '';
  }

  judge() {
    const none = !this.chosen().length;
    for (const note of this.field.querySelectorAll('[data-wrong]')) {
      note.hidden = note.dataset.wrong === 'many' ? !this.isOver() : !none;
    }
    // a hidden description would be read out, too
    const shown = this.note();
    if (shown.hidden) this.field.removeAttribute('aria-describedby');
    else this.field.setAttribute('aria-describedby', shown.id);
    return none || this.isOver();
  }

  isOver() {
    return this.chosen().length > this.places;
  }

  note() {
    return [...this.field.querySelectorAll('[data-wrong]')].find((note) => !note.hidden) || { hidden: true };
  }

  answer() {
    const values = this.chosen().map((input) => input.value);
    return this.isElection && values[0] !== 'abstain' ? values : values[0];
  }

  focus() {
    this.inputs[0].focus();
    this.field.scrollIntoView({ block: 'center' });
  }

  clear() {
    for (const input of this.inputs) input.checked = false;
    this.count();
  }
}
