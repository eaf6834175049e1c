// A dialog over the page: its content comes from the server, and is a page of its own without this file.
const dialog = document.querySelector('#dialog');

document.addEventListener('htmx:afterSwap', (event) => {
  if (event.detail.target !== dialog || !dialog.innerHTML.trim()) return;
  // a part that is drawn again keeps the focus where it was, unless something is wrong
  if (dialog.open && dialog.contains(document.activeElement) && !dialog.querySelector('[role="alert"]')) return;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('[role="alert"], select, textarea, input:not([type="hidden"])')?.focus();
});

document.addEventListener('click', (event) => {
  const closes = event.target.closest('[data-close]');
  if (!dialog?.open || (!closes && event.target !== dialog)) return;
  event.preventDefault();
  dialog.close();
});

dialog?.addEventListener('close', () => dialog.replaceChildren());
