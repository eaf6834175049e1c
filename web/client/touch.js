// diagram-js has had no touch navigation since version 14. One finger pans sideways, two fingers zoom; the page itself
// still scrolls up and down under one finger.
export function navigateByTouch(host, canvas) {
  host.style.touchAction = 'pan-y';
  const fingers = new Map();
  let spread = 0;

  const zoomBetween = ([first, second]) => {
    const distance = Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY);
    if (spread) {
      const box = host.getBoundingClientRect();
      const centre = {
        x: (first.clientX + second.clientX) / 2 - box.left,
        y: (first.clientY + second.clientY) / 2 - box.top,
      };
      canvas.zoom(Math.min(3, Math.max(0.2, (canvas.zoom() * distance) / spread)), centre);
    }
    spread = distance;
  };

  host.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch') fingers.set(event.pointerId, event);
  });
  host.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    if (fingers.size === 1) canvas.scroll({ dx: event.clientX - before.clientX, dy: 0 });
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) zoomBetween([...fingers.values()]);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) {
    host.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      spread = 0;
    });
  }
}
