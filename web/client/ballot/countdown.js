// How long still, counted from what the server says: the clock of a phone may be wrong. The words are the page's.
const EVERY = 10_000; // ms

export function countDown() {
  const begun = performance.now();
  const places = [...document.querySelectorAll('[data-left]')];
  const show = () => {
    for (const place of places) tell(place, Number(place.dataset.left) - (performance.now() - begun) / 1000);
  };
  if (places.length) setInterval(show, EVERY);
}

function tell(place, seconds) {
  const [days, hours, minutes] = [seconds / 86_400, (seconds % 86_400) / 3600, (seconds % 3600) / 60].map(Math.floor);
  const { days: inDays, hours: inHours, minutes: inMinutes, over } = place.dataset;
  const words = seconds <= 0 ? over : days ? inDays : hours ? inHours : inMinutes;
  const said = words.replace('{days}', days).replace('{hours}', hours).replace('{minutes}', minutes);
  if (place.textContent !== said) place.textContent = said;
}
