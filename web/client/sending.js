// On a weak connection a task is handed in once and nothing is lost: it is kept on the device first, then sent, and sent
// again when the network is back. The key in the form lets the server take it once only. Without scripts forms go as ever.
import htmx from 'htmx.org';
import { drop, dropAll, keep, unsentOf } from './unsent.js';

const PATIENCE = 60000; // ms
const person = () => document.body.dataset.person;
// a form that opens a case has an address that others share, so its key tells it from them
const keyOf = (form) => (form.id === 'start-form' ? ` ${form.elements._once.value}` : '');
const idOf = (form) => form.dataset.waiting || `${person()} ${form.getAttribute('action')}${keyOf(form)}`;

function fieldsOf(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  return [...data].filter(([name, value]) => name !== 'csrf_token' && !(value instanceof File && !value.size && !value.name));
}

async function post({ address, fields }) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value, ...(value instanceof File ? [value.name] : []));
  const headers = { ...JSON.parse(document.body.getAttribute('hx-headers') || '{}'), 'X-Wants-Address': '1' };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(address, { method: 'POST', body, headers, credentials: 'same-origin', redirect: 'manual', signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}

// a page with what is wrong, in the place of the one that was filled in
async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const main = page.querySelector('main');
  if (!main) { window.location.reload(); return; }
  document.querySelector('main').replaceWith(main);
  htmx.process(main);
  main.querySelector('#form-problems, #form-warnings, [role=alert]')?.focus();
  document.dispatchEvent(new Event('tongban:drawn'));
}

function say(form, text, { isWaiting = false } = {}) {
  const words = form.dataset;
  let bar = form.querySelector('.form-unsent');
  if (!bar) {
    bar = document.createElement('div');
    bar.className = 'alert alert-warning form-unsent';
    bar.setAttribute('role', 'status');
    form.querySelector('.action-bar').before(bar);
  }
  bar.replaceChildren(text);
  if (!isWaiting) return;
  for (const [label, act] of [[words.again, () => send(form)], [words.giveUp, () => giveUp(form)]]) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'btn btn-sm', textContent: label });
    button.addEventListener('click', act);
    bar.append(' ', button);
  }
}

function lock(form, isLocked) {
  for (const button of form.querySelectorAll('.action-bar button')) button.disabled = isLocked;
}

async function giveUp(form) {
  await drop(idOf(form));
  delete form.dataset.waiting;
  form.querySelector('.form-unsent')?.remove();
  lock(form, false);
}

async function send(form) {
  const id = idOf(form);
  const entry = (await unsentOf(person())).find((one) => one.id === id);
  if (!entry) { lock(form, false); return; }
  say(form, form.dataset.sending);
  let answer;
  try {
    answer = await post(entry);
  } catch {
    say(form, form.dataset.waits, { isWaiting: true });
    return;
  }
  if (answer.status === 204) {
    await drop(id);
    window.location.assign(answer.headers.get('X-Address') || window.location.href);
  } else if (answer.ok || [403, 404, 409, 422].includes(answer.status)) {
    await drop(id);
    await show(answer);
  } else {
    say(form, form.dataset.unreached, { isWaiting: true }); // the session is over, or the server has a fault
  }
}

async function handIn(event) {
  const form = event.target;
  if (!form.matches?.('[data-sends-later]') || event.defaultPrevented || !person() || form.dataset.plain) return;
  event.preventDefault();
  delete form.dataset.waiting; // what is handed in now is not what waited here
  lock(form, true);
  const address = form.action;
  try {
    await keep({ id: idOf(form), person: person(), address, page: window.location.href, fields: fieldsOf(form, event.submitter) });
  } catch {
    form.dataset.plain = '1'; // nothing can be kept here: send it as forms always were
    lock(form, false);
    form.requestSubmit(event.submitter);
    return;
  }
  if (navigator.onLine === false) say(form, form.dataset.waits, { isWaiting: true });
  else await send(form);
}

// what waits for other pages: sent from here, or shown where a person has to look again
async function sendOthers({ isFresh = false } = {}) {
  if (!person() || navigator.onLine === false) return;
  const here = document.querySelector('form[data-sends-later]');
  let left = 0;
  let sent = 0;
  let first = null;
  for (const entry of await unsentOf(person())) {
    if (here && isFresh && entry.address === here.action) here.dataset.waiting = entry.id; // nothing is typed here yet
    if (here && entry.id === idOf(here)) { await send(here); continue; }
    try {
      const answer = await post(entry);
      if (answer.status === 204) { await drop(entry.id); sent += 1; continue; }
    } catch { /* still no network */ }
    left += 1;
    first = first || entry;
  }
  if (sent && !left && !here) window.location.reload(); // what the page says was true before
  else tell(left, first);
}

function tell(left, first) {
  const banner = document.getElementById('unsent');
  if (!banner) return;
  banner.hidden = !left;
  if (!left) return;
  const link = document.createElement('a');
  Object.assign(link, { href: first.page, textContent: banner.dataset.open });
  banner.replaceChildren(banner.dataset.words.replace('#', left), ' ', link);
}

document.addEventListener('submit', handIn);
// what somebody wrote stays on a device no longer than they are logged in there
document.addEventListener('submit', (event) => { if (event.target.matches?.('[data-leaves]')) dropAll().catch(() => {}); });
window.addEventListener('online', () => sendOthers().catch(() => {}));
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => sendOthers({ isFresh: true }).catch(() => {}));
else sendOthers({ isFresh: true }).catch(() => {});
