// The swap style "morph", with idiomorph as a module (its own extension file expects a global htmx).
// A person types on while the server draws the form again: what was typed after the request left must survive the answer.
import htmx from 'htmx.org';
import { Idiomorph } from 'idiomorph/dist/idiomorph.esm.js';

const typedAt = new WeakMap(); // control → when the person last changed it
const sentAt = new WeakMap(); // request → when it left
let newest = 0; // when the request left whose answer is swapped in now

function typed(event) {
  const control = event.target;
  const group = control.type === 'radio' ? document.getElementsByName(control.name) : [control];
  for (const one of group) typedAt.set(one, performance.now());
}

function keepTyped(control, drawn) {
  if (!(typedAt.get(control) > newest) || control.type === 'file') return;
  if (control.type === 'checkbox' || control.type === 'radio') {
    drawn.checked = control.checked;
  } else if (control instanceof HTMLTextAreaElement) {
    drawn.textContent = control.value;
  } else {
    drawn.value = control.value;
    if (control instanceof HTMLInputElement) drawn.setAttribute('value', control.value);
  }
}

document.addEventListener('input', typed);
document.addEventListener('change', typed);
document.addEventListener('htmx:beforeSend', (event) => sentAt.set(event.detail.xhr, performance.now()));
document.addEventListener('htmx:beforeSwap', (event) => { newest = sentAt.get(event.detail.xhr) ?? performance.now(); });

htmx.defineExtension('morph', {
  isInlineSwap: (style) => style.startsWith('morph'),
  handleSwap: (style, target, fragment) => {
    if (!style.startsWith('morph')) return undefined;
    const inner = style === 'morph:innerHTML';
    return Idiomorph.morph(target, inner ? fragment.childNodes : fragment.children, {
      morphStyle: inner ? 'innerHTML' : 'outerHTML',
      ignoreActiveValue: true,
      callbacks: {
        beforeNodeMorphed: (old, drawn) => { keepTyped(old, drawn); },
        // what the person opened stays open
        beforeAttributeUpdated: (name, node) => !(name === 'open' && node.tagName === 'DETAILS'),
      },
    });
  },
});
