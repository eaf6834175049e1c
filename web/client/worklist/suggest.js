// The search field offers filters with numbers while somebody types: a combobox as ARIA describes it.
import htmx from 'htmx.org';
import { desk } from './rows.js';

const field = () => document.getElementById('q');
const box = () => document.getElementById('suggestions');
const options = () => [...box().querySelectorAll('[role=option]')];
let timer = 0;
let asked = 0;

function show(is) {
  if (!box()) return;
  box().hidden = !is;
  field().setAttribute('aria-expanded', String(is));
  if (!is) field().removeAttribute('aria-activedescendant');
}

function choose(option) {
  for (const one of options()) one.setAttribute('aria-selected', String(one === option));
  if (option) { field().setAttribute('aria-activedescendant', option.id); option.scrollIntoView({ block: 'nearest' }); }
  else field().removeAttribute('aria-activedescendant');
}

async function ask() {
  const number = (asked += 1);
  const address = new URL(field().dataset.suggest, window.location);
  address.searchParams.set('typed', field().value);
  const answer = await fetch(address, { credentials: 'same-origin', headers: { 'HX-Request': 'true' } }).catch(() => null);
  if (!answer?.ok || number !== asked || document.activeElement !== field()) return;
  box().innerHTML = await answer.text();
  show(true);
}

export function go(address) {
  htmx.ajax('GET', address, { target: '#worklist', swap: 'morph:outerHTML' }).then(() => {
    window.history.pushState({ htmx: true }, '', address);
  });
}

function take(option) {
  show(false);
  if (option.dataset.href) { field().value = ''; go(option.dataset.href); return; }
  field().value = option.dataset.typed;
  field().focus();
  ask();
}

function search() {
  const address = new URL(`/tasks?${desk().dataset.words}`, window.location);
  if (field().value.trim()) address.searchParams.set('q', field().value.trim());
  else address.searchParams.delete('q');
  show(false);
  go(address.pathname + address.search);
}

document.addEventListener('input', (event) => {
  if (event.target !== field() || event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(ask, 200);
  if (!field().value && new URLSearchParams(desk().dataset.words).get('q')) search();
});
document.addEventListener('compositionend', (event) => { if (event.target === field()) { clearTimeout(timer); timer = setTimeout(ask, 200); } });
document.addEventListener('focusin', (event) => { if (event.target === field() && box()) ask(); });
document.addEventListener('focusout', (event) => { if (event.target === field() && box()) setTimeout(() => { if (document.activeElement !== field()) show(false); }, 150); });
document.addEventListener('pointerdown', (event) => {
  const option = event.target.closest?.('#suggestions [role=option]');
  if (option) { event.preventDefault(); take(option); }
});
document.addEventListener('keydown', (event) => {
  if (event.target !== field() || !box() || event.isComposing) return;
  const all = options();
  const at = all.findIndex((one) => one.getAttribute('aria-selected') === 'true');
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1 };
  if (event.key in moves && !box().hidden) {
    event.preventDefault();
    choose(all[moves[event.key]]);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    if (at >= 0 && !box().hidden) take(all[at]);
    else if (/^\s*\S+\s*[:：<>]/.test(field().value) && all.length === 1) take(all[0]);
    else search();
  } else if (event.key === 'Escape') {
    event.preventDefault();
    if (box().hidden) { document.querySelector('#rows .row-link')?.focus(); return; }
    show(false);
  }
});
document.addEventListener('submit', (event) => { if (event.target.matches?.('.desk .filters')) { event.preventDefault(); search(); } });
