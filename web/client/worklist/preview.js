// The look at one task beside the list: it follows the current row, and its address can be sent to a colleague.
import htmx from 'htmx.org';
import { begin } from '../keys.js';
import { current, desk, linkOf, makeCurrent } from './rows.js';

const pane = () => document.getElementById('preview');
export const isOpen = () => Boolean(desk()?.classList.contains('has-preview'));
const shown = () => pane()?.querySelector('[data-previewed]')?.dataset.previewed;
let wait = 0;

function note(id) {
  const address = new URL(window.location);
  if (id) address.searchParams.set('open', id);
  else address.searchParams.delete('open');
  window.history.replaceState(window.history.state, '', address);
}

export function look(row, { focus = false } = {}) {
  const address = row?.querySelector('[data-preview]')?.getAttribute('href');
  if (!address) return;
  htmx.ajax('GET', address, { target: '#preview', swap: 'innerHTML' }).then(() => {
    pane().hidden = false;
    desk().classList.add('has-preview');
    note(row.dataset.task);
    if (focus) pane().focus();
    else if (document.activeElement === document.body) linkOf(row).focus();
  });
}

export function close() {
  if (!isOpen()) return false;
  const row = document.getElementById(`task-${shown()}`) || current();
  pane().hidden = true;
  pane().replaceChildren();
  desk().classList.remove('has-preview');
  note(null);
  if (row) makeCurrent(row);
  return true;
}

export function enter() {
  const form = document.getElementById('task-form');
  if (form) begin(form);
  else pane()?.querySelector('.btn')?.focus();
}

document.addEventListener('tongban:row', (event) => {
  if (!isOpen() || event.detail.dataset.task === shown()) return;
  clearTimeout(wait); // whoever holds j down looks at the last one only
  wait = setTimeout(() => look(event.detail), 150);
});
// what was done to the row has changed what may be done beside it
document.addEventListener('htmx:afterSettle', (event) => {
  if (isOpen() && event.target.matches?.('#rows > tr') && event.target.dataset.task === shown()) look(event.target);
});
document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const opens = event.target.closest?.('[data-preview]');
  const closes = event.target.closest?.('[data-close-preview]');
  if (opens && window.innerWidth >= 768) { event.preventDefault(); makeCurrent(opens.closest('tr')); look(opens.closest('tr')); }
  if (closes) { event.preventDefault(); close(); }
});
// what was undone or has come in is drawn with the same task beside it
document.addEventListener('htmx:configRequest', (event) => {
  const by = event.detail.elt;
  if (!isOpen() || !(by.id === 'news' || by.querySelector?.('[data-undo]'))) return;
  const address = new URL(event.detail.path, window.location);
  address.searchParams.set('open', shown());
  event.detail.path = address.pathname + address.search;
});
