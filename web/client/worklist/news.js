// Asks now and then whether something came in; the list never jumps by itself. A page in the background asks nothing.
import { desk, rows } from './rows.js';

const EVERY = 20_000; // ms
const IDLE_AFTER = 10 * 60_000; // nobody has touched the page
const IDLE_EVERY = 120_000;
let timer = 0;
let touched = Date.now();
let round = 0;

function address() {
  const { news, words, since } = desk().dataset;
  const shown = rows().filter((row) => !row.classList.contains('is-stale')).map((row) => `${row.dataset.task}~${row.dataset.standing}`);
  const asked = new URLSearchParams(words);
  asked.set('since', since);
  asked.set('rows', shown.join(','));
  round += 1;
  if (round % 6 === 0) asked.set('counts', '1'); // others' completions change them too
  return `${news}?${asked}`;
}

function tell(answer) {
  const link = document.getElementById('news');
  if (link) {
    link.hidden = !answer.new;
    if (link.textContent !== answer.news) link.textContent = answer.news;
  }
  for (const [view, number] of Object.entries(answer.counts)) {
    const place = document.getElementById(`count-${view}`);
    if (!place) continue;
    place.textContent = number < 1000 ? number : '999+';
    if (view === 'overdue') place.classList.toggle('rail-late', number > 0);
  }
  for (const [id, { said }] of Object.entries(answer.changed)) stale(document.getElementById(`task-${id}`), said);
}

// somebody else was quicker: the row stays where it is and says so
function stale(row, said) {
  if (!row) return;
  row.classList.add('is-stale');
  const box = row.querySelector('input[name=task]');
  if (box?.checked) box.click();
  const words = document.createElement('span');
  words.className = 'stale-words';
  words.setAttribute('role', 'status');
  words.textContent = said;
  row.querySelector('.cell-act').replaceChildren(words);
}

async function ask() {
  if (!desk()?.dataset.news || document.visibilityState === 'hidden') return;
  try {
    const answer = await fetch(address(), { credentials: 'same-origin', headers: { Accept: 'application/json' } });
    document.getElementById('news-offline').hidden = true;
    if (answer.redirected || answer.status === 401) { window.location.reload(); return; } // the login is over
    if (answer.ok) tell(await answer.json());
  } catch {
    const off = document.getElementById('news-offline');
    if (off) off.hidden = false;
  }
}

function later() {
  clearTimeout(timer);
  if (document.visibilityState === 'hidden') return;
  timer = setTimeout(async () => { await ask(); later(); }, Date.now() - touched > IDLE_AFTER ? IDLE_EVERY : EVERY);
}

for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') ask(); later(); });
window.addEventListener('online', ask);
document.addEventListener('tongban:ask', ask);
later();
