// A vote that could not be sent goes out from whatever page of this site is opened next in this browser.
import { KEPT } from './places.js';

function waiting() {
  try {
    return Object.keys(localStorage).filter((place) => place.startsWith(KEPT) && JSON.parse(localStorage[place]).vote);
  } catch {
    return []; // no storage, or something in it that is not ours
  }
}

async function deliver(place) {
  const [{ Kept }, { Voter }] = await Promise.all([import('./kept.js'), import('./voter.js')]);
  const [id, voter] = place.slice(KEPT.length).split('.');
  const { receipt_key } = JSON.parse(localStorage[place]);
  const ballot = { id, receipt_key };
  await new Voter(ballot, new Kept(localStorage, ballot, voter), { pauses: [] }).deliver();
}

// The pages of a ballot do it themselves, and say how it goes.
if (!document.querySelector('[data-ballot-page]')) {
  for (const place of waiting()) deliver(place).catch(() => {});
}
