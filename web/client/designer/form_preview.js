import { part, root } from './served.js';

// 预览 is what the server draws: the same page that people will fill in.
export function startPreview(written) {
  const buttons = [...root.querySelectorAll('[data-view]')];
  const place = part('preview');
  const show = async (view) => {
    buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.view === view)));
    part('canvas').hidden = view === 'preview';
    place.hidden = view !== 'preview';
    if (view === 'preview') place.innerHTML = await drawn(place.dataset.previewUrl, written());
  };
  buttons.forEach((button) => button.addEventListener('click', () => show(button.dataset.view)));
  return show;
}

async function drawn(address, form) {
  const headers = JSON.parse(document.body.getAttribute('hx-headers') || '{}');
  const answer = await fetch(address, { method: 'POST', headers, body: new URLSearchParams({ form }), credentials: 'same-origin' });
  return answer.text();
}
