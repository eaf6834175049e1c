// Keys of every page: g and a letter jumps, ? lists what there is, a link or button with data-key is pressed by its key,
// e goes to the first field of a task and Ctrl+Enter hands in. Single letters can be switched off: speech input types them.
const GO = { t: '/tasks?view=mine', q: '/tasks?view=claimable', d: '/tasks?view=done', c: '/cases', n: '/notices' };
const OFF = 'tongban.keys-off';
const FIELDS = ':is(input, select, textarea):not([type=hidden], [disabled], [readonly])';
let goes = 0; // until when a second key belongs to g

function isOff() {
  try { return localStorage.getItem(OFF) === '1'; } catch { return false; } // storage is switched off
}

function switchOff(is) {
  try { if (is) localStorage.setItem(OFF, '1'); else localStorage.removeItem(OFF); } catch { /* they stay on */ }
}

const isTyping = (target) => target.closest?.('textarea, select, input:not([type=checkbox]):not([type=radio]), [contenteditable]');

// whether a single key may mean something: nobody types, no dialog is open
export function isFree(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isOff()) return false;
  return !document.querySelector('dialog[open]') && !isTyping(event.target);
}

// where filling in begins, or the way on when there is nothing to fill in; a group of choices begins with the chosen one
function firstOf(form) {
  const first = form.querySelector(`[data-form-words] ${FIELDS}`);
  const chosen = first?.type === 'radio' && form.querySelector(`[name="${CSS.escape(first.name)}"]:checked`);
  return chosen || first || form.querySelector('.btn-primary');
}

export const begin = (form) => firstOf(form)?.focus();

function help(template) {
  const dialog = document.getElementById('dialog');
  dialog.replaceChildren(template.content.cloneNode(true));
  dialog.querySelector('[data-single-keys]').checked = !isOff();
  dialog.showModal();
}

function press(key) {
  const template = document.getElementById('keys-help');
  const form = document.getElementById('task-form');
  const named = document.querySelector(`[data-key="${CSS.escape(key)}"]:not([hidden], [disabled])`);
  if (key === '?' && template) help(template);
  else if (named) named.click();
  else if (key === 'e' && form) begin(form);
  else return false;
  return true;
}

function handIn(event) {
  const form = event.target.closest?.('.task-form, dialog form') || document.querySelector('dialog[open] form, .task-form');
  const button = form?.querySelector('.btn-primary:not([type=button], [disabled])');
  if (!button) return;
  event.preventDefault();
  button.click();
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat && !event.isComposing) { handIn(event); return; }
  if (!isFree(event)) return;
  if (event.timeStamp < goes && event.key in GO && document.getElementById('dialog')) { event.preventDefault(); window.location.href = GO[event.key]; return; }
  goes = event.key === 'g' ? event.timeStamp + 1500 : 0;
  if (press(event.key)) event.preventDefault();
});
document.addEventListener('click', (event) => { if (event.target.closest?.('#show-keys')) press('?'); });
document.addEventListener('change', (event) => { if (event.target.matches?.('[data-single-keys]')) switchOff(!event.target.checked); });

// whoever works through a queue goes on at the first field; what stands before it on a long page is to be read first
const queued = document.querySelector('#task-form[data-begin]');
const isRead = queued && !document.querySelector('#form-problems, #form-warnings') && window.matchMedia('(hover: hover)').matches;
if (isRead && firstOf(queued)?.getBoundingClientRect().bottom < window.innerHeight) begin(queued);
