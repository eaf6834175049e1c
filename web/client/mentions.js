// Typing @ in a note offers the people whom it can reach: those of the circle that is chosen below it.
const MOST = 8;
const WORD = /@([^\s@]*)$/;

class Mentions {
  constructor(field) {
    this.field = field;
    this.people = JSON.parse(field.dataset.mentions);
    this.list = document.createElement('ul');
    Object.assign(this.list, { className: 'mention-list', id: `${field.id}-people`, hidden: true });
    this.list.setAttribute('role', 'listbox');
    field.after(this.list);
    for (const [name, value] of [['role', 'combobox'], ['aria-expanded', 'false'], ['aria-controls', this.list.id], ['aria-autocomplete', 'list']]) field.setAttribute(name, value);
    field.addEventListener('input', () => this.offer());
    field.addEventListener('keydown', (event) => this.steer(event));
    field.addEventListener('blur', () => window.setTimeout(() => this.close(), 150));
    this.list.addEventListener('mousedown', (event) => {
      event.preventDefault();
      this.take(event.target.closest('li'));
    });
  }

  get circle() { return this.field.form.querySelector('[name=circle]:checked')?.value; }

  offer() {
    const typed = WORD.exec(this.field.value.slice(0, this.field.selectionStart));
    const fitting = typed ? (this.people[this.circle] || []).filter(([username, name]) => name.includes(typed[1]) || username.startsWith(typed[1])) : [];
    if (!fitting.length) return this.close();
    this.list.replaceChildren(...fitting.slice(0, MOST).map(([username, name], number) => {
      const item = document.createElement('li');
      Object.assign(item, { id: `${this.list.id}-${number}`, textContent: `${name} ${username}` });
      item.dataset.word = fitting.filter((other) => other[1] === name).length > 1 ? username : name;
      item.setAttribute('role', 'option');
      return item;
    }));
    this.list.hidden = false;
    this.field.setAttribute('aria-expanded', 'true');
    this.point(this.list.firstElementChild);
  }

  point(item) {
    this.list.querySelector('[aria-selected]')?.removeAttribute('aria-selected');
    item.setAttribute('aria-selected', 'true');
    this.field.setAttribute('aria-activedescendant', item.id);
  }

  steer(event) {
    if (this.list.hidden) return;
    const chosen = this.list.querySelector('[aria-selected]');
    const act = {
      ArrowDown: () => this.point(chosen.nextElementSibling || this.list.firstElementChild),
      ArrowUp: () => this.point(chosen.previousElementSibling || this.list.lastElementChild),
      Enter: () => this.take(chosen),
      Tab: () => this.take(chosen),
      Escape: () => this.close(),
    }[event.key];
    if (!act || event.isComposing) return;
    event.preventDefault();
    act();
  }

  take(item) {
    if (!item) return;
    const { field } = this;
    const before = field.value.slice(0, field.selectionStart).replace(WORD, `@${item.dataset.word} `);
    field.value = before + field.value.slice(field.selectionStart);
    field.setSelectionRange(before.length, before.length);
    this.close();
    field.focus();
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute('aria-expanded', 'false');
    this.field.removeAttribute('aria-activedescendant');
  }
}

for (const field of document.querySelectorAll('[data-mentions]')) new Mentions(field);
