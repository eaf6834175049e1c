// How long still, counted from what the server says: the clock of a phone may be wrong.

export function countDown() {
  const begun = performance.now();
  for (const place of document.querySelectorAll('[data-left]')) {
    const seconds = () => Number(place.dataset.left) - (performance.now() - begun) / 1000;
    setTimeout(() => place.classList.add('is-late'), Math.min(seconds() * 1000, 2 ** 31 - 1));
  }
}
