// Where somebody confirms: asked of the phone only when they agree, and not told when it is not known.
for (const box of document.querySelectorAll('[data-spot-place]')) place(box);
document.addEventListener('htmx:afterSwap', ({ target }) => target.querySelectorAll?.('[data-spot-place]').forEach(place));

function place(box) {
  if (!navigator.geolocation || !window.isSecureContext || box.dataset.ready) return;
  box.hidden = false;
  box.dataset.ready = '1';
  const consent = box.querySelector('[name=place_consent]');
  const said = box.querySelector('[data-place-said]');
  consent.addEventListener('change', () => {
    fill(box, {});
    said.textContent = consent.checked ? box.dataset.locating : '';
    if (consent.checked) navigator.geolocation.getCurrentPosition(known, unknown, { timeout: 10000, maximumAge: 60000 });
  });

  function known({ coords }) {
    if (!consent.checked) return;
    fill(box, coords);
    said.textContent = box.dataset.located;
  }

  function unknown() {
    consent.checked = false;
    said.textContent = box.dataset.failed;
  }
}

function fill(box, coords) {
  for (const name of ['latitude', 'longitude', 'accuracy']) box.querySelector(`[name=${name}]`).value = coords[name] ?? '';
}
