// Menus are <details>, so they work without this file; here: close on a click elsewhere and on Escape.
const openMenus = () => document.querySelectorAll('details.menu[open]');

document.addEventListener('click', (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
  if (event.key === '/' && !event.target.closest('input, textarea, select')) {
    const search = document.querySelector('[data-search]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
});

// a page may ask before something that cannot be undone; the server asks nothing again, so this is a courtesy only
document.addEventListener('submit', (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// a form that came back with warnings: read them first
document.querySelector('#form-warnings')?.focus();

// a table that is wider than its place can be scrolled with the keyboard too
function reachWideTables() {
  for (const place of document.querySelectorAll('.form-rows-scroll')) {
    const isWide = place.scrollWidth > place.clientWidth;
    place.toggleAttribute('tabindex', isWide);
    if (!isWide) continue;
    place.tabIndex = 0;
    place.setAttribute('role', 'group');
    place.setAttribute('aria-label', place.querySelector('caption')?.textContent || '');
  }
}
reachWideTables();
window.addEventListener('resize', reachWideTables);
document.addEventListener('htmx:afterSettle', reachWideTables);
