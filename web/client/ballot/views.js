// A page is made of views, all in the document and one of them shown: words and their languages are the server's.

export class Views {
  constructor(root) {
    this.root = root;
    this.current = null;
  }

  all(selector) {
    return this.root.querySelectorAll(selector);
  }

  // Gives the focus to the heading, so that a screen reader says what has happened; not when the page has just come.
  show(name) {
    const isFirst = this.current === null || this.current === 'starting';
    this.current = name;
    this.root.dataset.shown = name;
    for (const view of this.all('[data-view]')) view.hidden = view.dataset.view !== name;
    if (isFirst) return;
    this.root.querySelector(`[data-view="${name}"] h2`)?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  // Of the notes of one kind the one that applies, or none.
  note(kind, name) {
    for (const note of this.all(`[data-${kind}]`)) note.hidden = note.dataset[kind] !== name;
  }

  write(selector, text) {
    for (const place of this.all(selector)) place.textContent = text;
  }

  // `acts` are what the buttons do, by their data-act.
  listen(acts) {
    this.root.addEventListener('click', (event) => {
      const button = event.target.closest?.('[data-act]');
      if (button && acts[button.dataset.act]) acts[button.dataset.act](button);
    });
  }
}
