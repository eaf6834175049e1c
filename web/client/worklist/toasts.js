// What was just done stands in the corner for ten seconds with its way back; looking at it stops the clock.
const timers = new WeakMap();

function start(toast) {
  timers.set(toast, setTimeout(() => toast.remove(), Number(toast.dataset.toast) * 1000));
}

function watch(toast) {
  if (timers.has(toast)) return;
  start(toast);
  for (const kind of ['mouseenter', 'focusin']) toast.addEventListener(kind, () => clearTimeout(timers.get(toast)));
  for (const kind of ['mouseleave', 'focusout']) toast.addEventListener(kind, () => { clearTimeout(timers.get(toast)); start(toast); });
}

const place = document.getElementById('toasts');
if (place) {
  new MutationObserver(() => { for (const toast of place.querySelectorAll('[data-toast]')) watch(toast); }).observe(place, { childList: true });
  place.addEventListener('htmx:afterRequest', (event) => { if (event.detail.successful) event.target.closest('.toast-said')?.remove(); });
}
