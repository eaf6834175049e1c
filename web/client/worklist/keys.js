// Keys of the list beside those of every page. Each is also an item of a menu.
import htmx from 'htmx.org';
import { isFree } from '../keys.js';
import { current, desk, linkOf, pick, pickAll, pickRange, picked, step } from './rows.js';
import { close, enter, isOpen, look } from './preview.js';

const ORDERS = { c: 'claim', u: 'release', a: 'assign', d: 'follow_up', r: 'urge' };

const isMine = (row) => row.dataset.standing === `claimed~${desk().dataset.me}`;

function post(row, act) {
  const address = row.dataset.acts.replace(/\/claim(?=\?|$)/, `/${act}`);
  htmx.ajax('POST', address, { source: row, target: row, swap: 'outerHTML' });
}

function ask(row, act) {
  const back = encodeURIComponent(window.location.pathname + window.location.search);
  htmx.ajax('GET', `${row.dataset.page}/${act}?back=${back}`, { target: '#dialog', swap: 'innerHTML' });
}

function order(name) {
  document.querySelector(`#batch-bar button[value="${name}"]`)?.click();
}

// one row at once; many with a look at what becomes of each
function act(key) {
  if (picked().length) { order(ORDERS[key]); return; }
  const row = current();
  if (!row) return;
  const acts = {
    c: () => post(row, 'claim'),
    u: () => post(row, 'unclaim'),
    a: () => ask(row, isMine(row) ? 'transfer' : 'assign'),
    d: () => ask(row, 'follow_up'),
    r: () => ask(row, 'urge'),
  };
  acts[key]();
}

const ROW = {
  o: (row) => linkOf(row).click(),
  p: (row) => look(row),
  x: (row) => pick(row),
  X: (row) => pickRange(row),
  f: (row) => post(row, 'followed' in row.dataset ? 'unfollow' : 'follow'),
  m: (row) => { window.location.href = `/cases/${row.dataset.case}/notes#note-text`; },
  e: (row) => linkOf(row).click(), // a form beside the list has this key already
};
const LIST = {
  j: () => step(1),
  k: () => step(-1),
  A: () => pickAll(true),
  z: () => document.querySelector('#toasts .toast-said:last-child [data-undo]')?.click(),
};

export function run(key) {
  if (key in ORDERS) act(key);
  else if (key in ROW) { if (current()) ROW[key](current()); }
  else if (key in LIST) LIST[key]();
  else return false;
  return true;
}

function looked(event) {
  if (event.key !== ' ' && event.key !== 'ArrowRight') return false;
  if (!(event.target === document.body || event.target.matches('.row-link')) || !current()) return false;
  if (isOpen() && event.key === 'ArrowRight') enter();
  else if (isOpen() && event.key === ' ') close();
  else look(current());
  return true;
}

document.addEventListener('keydown', (event) => {
  if (!desk() || event.defaultPrevented) return;
  if (event.key === 'Escape' && !document.querySelector('details.menu[open], dialog[open]') && !event.target.closest?.('[data-suggest]')) {
    if (close()) event.preventDefault();
  } else if (isFree(event) && (looked(event) || run(event.key))) {
    event.preventDefault();
  }
});

// the same from the menus
document.addEventListener('click', (event) => {
  const key = event.target.closest?.('[data-act]')?.dataset.act;
  if (!key || !desk() || !(current() || picked().length)) return;
  const preview = event.target.closest('#preview');
  if (preview && !event.target.closest('#batch')) { event.preventDefault(); post(current(), key === 'c' ? 'claim' : 'unclaim'); return; }
  if (event.target.closest('#batch-bar')) return;
  event.preventDefault();
  document.querySelector('details.menu-acts')?.removeAttribute('open');
  run(key);
});
// an order without chosen rows is for the current one
document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.elt.id !== 'batch' || picked().length || !current()) return;
  if (!event.detail.formData.get('all')) event.detail.formData.append('task', current().dataset.task);
});
// "all that the list asks for" is asked for once
document.addEventListener('click', (event) => {
  const form = document.getElementById('batch');
  if (form && event.target.closest?.('button[form=batch], #batch button')) form.elements.all.value = event.target.closest('[data-all]') ? '1' : '';
}, true);
