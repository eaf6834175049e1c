// Long lists of choices: type to narrow them, and read what is chosen without scrolling.
// Without this file the whole list is there, and the line above it stays hidden.
const ticksOf = (finder) => [...document.getElementById(finder.dataset.finds).querySelectorAll('.tick')];

function narrow(finder) {
  const wanted = finder.querySelector('input').value.trim().toLowerCase();
  for (const tick of ticksOf(finder)) tick.hidden = !tick.textContent.toLowerCase().includes(wanted);
}

function tell(finder) {
  const place = finder.querySelector('output');
  const chosen = ticksOf(finder).filter((tick) => tick.querySelector('input').checked);
  place.textContent = chosen.length ? place.dataset.words + chosen.map((tick) => tick.textContent.trim()).join('、') : place.dataset.none;
}

function showAll() {
  for (const finder of document.querySelectorAll('.form-find')) {
    finder.hidden = false;
    narrow(finder);
    tell(finder);
  }
}

// what is typed here is no answer: the form must not take it for a change, nor Enter for handing in
for (const kind of ['input', 'change']) {
  document.addEventListener(kind, (event) => {
    const finder = event.target.closest?.('.form-find');
    if (!finder) return;
    event.stopPropagation();
    narrow(finder);
  }, true);
}
document.addEventListener('keydown', (event) => { if (event.key === 'Enter' && event.target.closest?.('.form-find')) event.preventDefault(); });
document.addEventListener('change', (event) => {
  const list = event.target.closest?.('.form-choice-list');
  const finder = list && document.querySelector(`[data-finds="${list.id}"]`);
  if (finder) tell(finder);
});
document.addEventListener('htmx:afterSwap', showAll);
showAll();
