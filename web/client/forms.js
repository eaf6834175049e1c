// Forms work without this file. It counts characters, saves drafts, and warns before unsaved answers are lost.
import htmx from 'htmx.org';

const QUIET = 4000; // ms without typing before a draft is saved
// a form to try something out has nothing to keep and nothing to lose
const words = (form) => (form.matches('[data-try-out]') ? undefined : form.querySelector('[data-form-words]')?.dataset);
const formOf = (element) => {
  const form = element.closest?.('form');
  return form && words(form) ? form : null;
};
const keepKey = (form) => `tongban.form.${form.dataset.draftUrl || form.getAttribute('action') || location.pathname}`;
const state = new WeakMap(); // form → { changed, sending, timer }
const stateOf = (form) => {
  if (!state.has(form)) state.set(form, { changed: 0, saved: 0, leaving: false, timer: 0 });
  return state.get(form);
};

function count(input) {
  const counter = document.querySelector(`[data-counter-for="${input.id}"]`);
  if (!counter) return;
  const length = Array.from(input.value.replace(/\r\n/g, '\n')).length; // signs, as the server counts, not UTF-16 halves
  counter.textContent = `${length} / ${counter.dataset.limit}`;
  counter.classList.toggle('is-over', length > Number(counter.dataset.limit));
}

function say(form, text, isBad = false) {
  for (const place of form.querySelectorAll('[data-draft-status]')) {
    place.textContent = text;
    place.classList.toggle('is-bad', isBad);
  }
}

const clock = () => new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false });

function answers(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  // deleting drops the ids of stored files of the same name too: put them back
  for (const held of form.querySelectorAll('.form-files input[type=hidden]')) data.append(held.name, held.value);
  return data;
}

// Only for this tab, and only what the server could not be told: the page names people and wages.
function keep(form) {
  const fields = [...answers(form)].filter(([name]) => name !== 'csrf_token');
  try { sessionStorage.setItem(keepKey(form), JSON.stringify(fields)); return true; } catch { return false; }
}
function forget(form) { try { sessionStorage.removeItem(keepKey(form)); } catch { /* storage is switched off */ } }

function csrf() {
  const given = document.body.getAttribute('hx-headers');
  try { return given ? JSON.parse(given) : {}; } catch { return {}; }
}

async function save(form) {
  const it = stateOf(form);
  const url = form.dataset.draftUrl;
  if (!url || it.leaving || it.changed === it.saved) return;
  const now = it.changed;
  const data = answers(form);
  data.set('_draft', '1');
  say(form, words(form).saving);
  try {
    const answer = await fetch(url, { method: 'POST', body: data, headers: { ...csrf(), 'X-Autosave': '1' }, credentials: 'same-origin' });
    if (!answer.ok) { say(form, words(form).notSaved, true); return; }
    it.saved = now;
    forget(form);
    say(form, `${words(form).saved} ${clock()}`);
  } catch {
    say(form, keep(form) ? words(form).kept : words(form).notSaved, true);
  }
}

function changed(event) {
  const form = formOf(event.target);
  if (!form) return;
  const it = stateOf(form);
  it.changed += 1;
  if (event.target.matches('input, textarea')) count(event.target);
  if (!form.dataset.draftUrl) return;
  say(form, words(form).unsaved);
  clearTimeout(it.timer);
  it.timer = setTimeout(() => save(form), QUIET);
}

function offer(form) {
  let kept = null;
  try { kept = JSON.parse(sessionStorage.getItem(keepKey(form))); } catch { return; }
  if (!Array.isArray(kept) || !kept.length || form.querySelector('.form-kept')) return;
  const say = words(form);
  const bar = document.createElement('div');
  bar.className = 'alert alert-warning form-kept';
  bar.setAttribute('role', 'status');
  bar.append(say.found, ...[[say.restore, () => restore(form, kept)], [say.discard, () => forget(form)]].map(([text, act]) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn btn-sm';
    button.textContent = text;
    button.addEventListener('click', () => { bar.remove(); act(); });
    return button;
  }));
  words(form) && form.querySelector('[data-form-words]').prepend(bar);
}

// The server draws the form with the kept answers: rows and conditions come out right.
function restore(form, kept) {
  const values = { _refresh: '1' };
  for (const [name, value] of kept) (values[name] ||= []).push?.(value);
  for (const name of Object.keys(values)) if (Array.isArray(values[name]) && values[name].length === 1) [values[name]] = values[name];
  const url = form.querySelector('[hx-post*="refresh"]')?.getAttribute('hx-post') || '?refresh=1';
  htmx.ajax('POST', url, { source: form, target: form, swap: 'morph:outerHTML', values }).then(() => forget(form));
}

let pressed = null; // the button of rows that was pressed last: where the focus goes after the swap
document.addEventListener('click', (event) => { pressed = event.target.closest?.('[data-adds], .form-tool') || pressed; });

function focusAfterSwap() {
  const summary = document.querySelector('#form-problems');
  if (summary && !pressed) { summary.focus(); return; }
  if (!pressed) return;
  const list = document.getElementById(pressed.dataset.adds || '');
  const rows = list?.querySelectorAll('tbody > tr, .form-card');
  const first = rows?.[rows.length - 1]?.querySelector('input:not([type=hidden]), select, textarea');
  if (first) first.focus();
  else if (!document.getElementById(pressed.id)) document.querySelector(`[name="_add"]`)?.focus();
  pressed = null;
}

let wasRefused = false;
document.addEventListener('htmx:beforeSwap', (event) => { wasRefused = event.detail.xhr.status === 422; });
// The server has stored the files of every answer that was drawn: sent again, each would be there twice.
function emptyFileFields(form) {
  for (const input of form.querySelectorAll('input[type=file]')) if (input.value) input.value = '';
}
document.addEventListener('htmx:afterSwap', () => { for (const form of document.forms) if (words(form)) emptyFileFields(form); });
document.addEventListener('htmx:afterSettle', (event) => {
  const form = event.target.closest?.('form') || event.target.querySelector?.('form');
  if (!form || !words(form)) return;
  if (pressed || wasRefused) focusAfterSwap();
  if (wasRefused) stateOf(form).leaving = false;
  wasRefused = false;
});
document.addEventListener('input', changed);
document.addEventListener('change', changed);
document.addEventListener('submit', (event) => {
  const form = formOf(event.target);
  if (!form) return;
  const it = stateOf(form);
  it.leaving = true;
  clearTimeout(it.timer);
});
document.addEventListener('htmx:afterRequest', (event) => {
  const form = formOf(event.target);
  if (!form) return;
  const it = stateOf(form);
  const { successful, requestConfig, xhr } = event.detail;
  const isRedraw = event.target !== form || requestConfig?.formData?.has('_refresh');
  it.leaving = false;
  if (!successful && xhr?.status !== 422) keep(form);
  if (!successful || isRedraw) return;
  it.saved = it.changed; // handed in, or saved as a draft by its button
  forget(form);
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'hidden') return;
  for (const form of document.forms) if (words(form)) save(form);
});
window.addEventListener('online', () => { for (const form of document.forms) if (words(form)) save(form); });
window.addEventListener('beforeunload', (event) => {
  const isOpen = [...document.forms].some((form) => words(form) && !stateOf(form).leaving && stateOf(form).changed !== stateOf(form).saved);
  if (isOpen) event.preventDefault();
});
document.addEventListener('DOMContentLoaded', start);
document.addEventListener('tongban:drawn', start);
if (document.readyState !== 'loading') start();
function start() {
  for (const form of document.forms) {
    if (!words(form) || form.dataset.formReady) continue;
    form.dataset.formReady = '1';
    offer(form);
  }
  document.querySelector('#form-problems')?.focus();
}
