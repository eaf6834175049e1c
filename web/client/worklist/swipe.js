// On a phone a card is pushed aside: to the left to claim it, to the right to urge. What lies below still has to be tapped.
import htmx from 'htmx.org';
import { desk } from './rows.js';

const FAR = 64; // px
let from = null;

const cardOf = (target) => (window.innerWidth < 768 ? target.closest?.('#rows > tr[data-task]') : null);
const back = () => { for (const card of document.querySelectorAll('#rows > tr.is-pushed')) { card.classList.remove('is-pushed', 'is-left', 'is-right'); card.querySelector('.swipe-act')?.remove(); } };

function offer(card, side) {
  const isLeft = side === 'left';
  const claim = card.querySelector('form[hx-post] button');
  if (isLeft && !claim) return;
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'swipe-act btn' });
  button.textContent = isLeft ? desk().dataset.claim : desk().dataset.urge;
  button.addEventListener('click', () => {
    back();
    if (isLeft) claim.click();
    else htmx.ajax('GET', `${card.dataset.page}/urge?back=${encodeURIComponent(window.location.pathname + window.location.search)}`, { target: '#dialog', swap: 'innerHTML' });
  });
  card.querySelector('.cell-act').append(button);
  card.classList.add('is-pushed', isLeft ? 'is-left' : 'is-right');
}

document.addEventListener('touchstart', (event) => {
  const card = cardOf(event.target);
  if (!event.target.closest?.('.swipe-act')) back();
  from = card ? { card, x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
}, { passive: true });
document.addEventListener('touchend', (event) => {
  if (!from) return;
  const [x, y] = [event.changedTouches[0].clientX - from.x, event.changedTouches[0].clientY - from.y];
  if (Math.abs(x) > FAR && Math.abs(x) > 2 * Math.abs(y)) offer(from.card, x < 0 ? 'left' : 'right');
  from = null;
}, { passive: true });
