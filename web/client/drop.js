// Files may be dropped anywhere on the form, and choosing them is enough to have them checked.
for (const form of document.querySelectorAll('form[data-drop]')) {
  const input = form.querySelector('input[type=file]');
  const over = (is) => (event) => {
    event.preventDefault();
    form.classList.toggle('drop-over', is);
  };
  form.addEventListener('dragover', over(true));
  form.addEventListener('dragleave', over(false));
  form.addEventListener('drop', (event) => {
    over(false)(event);
    input.files = event.dataTransfer.files;
    if (input.files.length) form.requestSubmit?.();
  });
  input.addEventListener('change', () => input.files.length && form.requestSubmit?.());
}
