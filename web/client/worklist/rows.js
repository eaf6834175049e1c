// The current row and the chosen rows; both outlive every redraw of the list, and so does the focus.
export const desk = () => document.getElementById('worklist');
export const rows = () => [...document.querySelectorAll('#rows > tr[data-task]')];
export const linkOf = (row) => row.querySelector('.row-link');
export const boxes = () => [...document.querySelectorAll('#rows input[name=task]')];
export const picked = () => boxes().filter((box) => box.checked);

let currentId = null;
let place = 0; // of the current row, for when it is gone
let lastPicked = null;
let kept = new Set(); // chosen before a redraw
let hadFocus = false;

export function current() {
  return document.getElementById(`task-${currentId}`) || null;
}

export function makeCurrent(row, { focus = true } = {}) {
  if (!row) return;
  for (const other of rows()) other.classList.toggle('is-current', other === row);
  currentId = row.dataset.task;
  place = rows().indexOf(row);
  if (focus) {
    linkOf(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }
  tellMenu();
  document.dispatchEvent(new CustomEvent('tongban:row', { detail: row }));
}

export function step(by) {
  const all = rows();
  const here = current();
  if (!here) return makeCurrent(all[by > 0 ? 0 : all.length - 1]);
  const next = all[all.indexOf(here) + by];
  if (next) return makeCurrent(next);
  const turn = document.getElementById(by > 0 ? 'page-next' : 'page-previous');
  if (turn) { currentId = null; place = by > 0 ? 0 : Infinity; turn.click(); }
  return undefined;
}

export function pick(row, is = undefined) {
  const box = row?.querySelector('input[name=task]');
  if (!box) return;
  box.checked = is ?? !box.checked;
  lastPicked = row.dataset.task;
  tell();
}

export function pickRange(row) {
  const all = rows();
  const from = all.findIndex((one) => one.dataset.task === lastPicked);
  const to = all.indexOf(row);
  if (from < 0) { pick(row, true); return; }
  for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) pick(one, true);
}

export function pickAll(is) {
  for (const box of boxes()) box.checked = is;
  tell();
}

// what stands beside the list when something is chosen
function tell() {
  const number = picked().length;
  for (const row of rows()) row.classList.toggle('is-picked', Boolean(row.querySelector('input[name=task]:checked')));
  const bar = document.getElementById('batch-bar');
  if (bar) {
    bar.hidden = !number;
    bar.querySelector('[data-number]').textContent = bar.dataset.words.replace('{number}', number);
  }
  const all = document.getElementById('pick-all');
  if (all) {
    all.checked = number > 0 && number === boxes().length;
    all.indeterminate = number > 0 && !all.checked;
  }
  tellMenu();
}

function tellMenu() {
  const words = document.querySelector('.menu-acts [data-picked]');
  if (!words) return;
  const number = picked().length;
  words.textContent = number ? words.dataset.picked.replace('{number}', number) : current() ? words.dataset.current : words.dataset.none;
}

document.addEventListener('focusin', (event) => {
  const row = event.target.closest?.('#rows > tr[data-task]');
  if (row && row.dataset.task !== currentId) makeCurrent(row, { focus: false });
});
document.addEventListener('change', (event) => {
  if (event.target.id === 'pick-all') pickAll(event.target.checked);
  else if (event.target.matches?.('#rows input[name=task]')) { lastPicked = event.target.value; tell(); }
});
document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-unpick]')) pickAll(false);
  const box = event.shiftKey && event.target.closest?.('#rows input[name=task]');
  if (box && box.checked) pickRange(box.closest('tr'));
});

document.addEventListener('htmx:beforeSwap', (event) => {
  if (event.detail.target?.id !== 'worklist' && !event.detail.target?.matches?.('#rows > tr')) return;
  kept = new Set(picked().map((box) => box.value));
  hadFocus = Boolean(document.activeElement?.closest?.('#worklist'));
});
document.addEventListener('htmx:afterSettle', (event) => {
  if (!desk()) return;
  const isList = event.detail.target?.id === 'worklist' || event.detail.target?.matches?.('#rows > tr') || event.target.matches?.('#rows > tr');
  if (!isList) return;
  for (const box of boxes()) if (kept.has(box.value)) box.checked = true;
  const isLost = hadFocus && (document.activeElement === document.body || !document.activeElement);
  const all = rows();
  const here = current() || (place !== null ? all[Math.min(place, all.length - 1)] : null);
  if (here && (isLost || currentId === null)) makeCurrent(here);
  else if (here) makeCurrent(here, { focus: false });
  else if (isLost) document.getElementById('q')?.focus();
  tell();
});

// a task that the address names, or the first one when the keyboard is used first
const named = new URLSearchParams(window.location.search).get('open');
if (named && document.getElementById(`task-${named}`)) makeCurrent(document.getElementById(`task-${named}`));
tell();
