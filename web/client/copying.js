// a button that copies an address; where the browser cannot, it is not shown
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.lastChild.textContent = button.dataset.copied;
    });
  }
}
