// Saved views are put in order by dragging them, or with Alt and an arrow while one has the focus.
const list = () => document.querySelector('.rail-saved [data-order]');
let dragged = null;

function items() {
  return [...list().children];
}

function csrf() {
  try { return JSON.parse(document.body.getAttribute('hx-headers')); } catch { return {}; }
}

function keep() {
  const form = new FormData();
  for (const item of items()) form.append('id', item.dataset.id);
  fetch(list().dataset.order, { method: 'POST', body: form, headers: { ...csrf(), 'HX-Request': 'true' }, credentials: 'same-origin' });
}

function say(item) {
  let place = document.getElementById('order-said');
  if (!place) {
    place = Object.assign(document.createElement('p'), { id: 'order-said', className: 'visually-hidden' });
    place.setAttribute('role', 'status');
    document.querySelector('.rail-saved').append(place);
  }
  place.textContent = list().dataset.moved.replace('{place}', items().indexOf(item) + 1);
}

function ready() {
  if (list()) for (const item of items()) item.draggable = true;
}

document.addEventListener('dragstart', (event) => {
  dragged = event.target.closest?.('.rail-saved [data-order] > li') || null;
  if (!dragged) return;
  dragged.classList.add('is-dragged');
  event.dataTransfer.effectAllowed = 'move';
});
document.addEventListener('dragover', (event) => {
  const over = dragged && event.target.closest?.('.rail-saved [data-order] > li');
  if (!over) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  over[event.clientY < top + height / 2 ? 'before' : 'after'](dragged);
});
document.addEventListener('dragend', () => {
  if (!dragged) return;
  dragged.classList.remove('is-dragged');
  dragged = null;
  keep();
});
document.addEventListener('keydown', (event) => {
  const item = event.altKey && event.target.closest?.('.rail-saved [data-order] > li');
  if (!item || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
  event.preventDefault();
  const other = event.key === 'ArrowUp' ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  other[event.key === 'ArrowUp' ? 'before' : 'after'](item);
  item.querySelector('a').focus();
  say(item);
  keep();
});
document.addEventListener('htmx:afterSettle', ready);
ready();
