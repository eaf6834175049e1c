import './polyfills.js';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './viewer.css';
import './compare.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { navigateByTouch } from './touch.js';

// Two diagrams that move together; without this script the changes are a list in words.
const card = document.querySelector('[data-compare]');
const marks = JSON.parse(card.dataset.marks);
const SIGNS = { added: '+', removed: '−', changed: '≠', moved: '↔' };
const READABLE = 0.85;
const FAR = 0.4; // below this zoom nothing can be told apart, so the first change is shown instead of all
const sides = [...card.querySelectorAll('[data-side]')].map((host) => ({ host, name: host.dataset.side, viewer: null, isDrawn: false }));
let leader = null; // whose view the other one follows just now

function sourceOf(key, side) {
  const found = card.querySelector(`textarea[data-key="${CSS.escape(key)}"][data-of="${side}"]`);
  return found ? found.value.trim() : '';
}

async function draw(key) {
  for (const button of card.querySelectorAll('[data-sheet]')) {
    button.setAttribute('aria-pressed', String(button.dataset.sheet === key));
  }
  await Promise.all(sides.map((side) => drawSide(side, sourceOf(key, side.name))));
  fit();
  const [one] = drawn();
  const first = one && canvasOf(one).zoom() < FAR && Object.keys(marks).find(isDrawn);
  if (first) centre(first);
}

async function drawSide(side, source) {
  side.isDrawn = false;
  const figure = side.host.closest('figure');
  figure.querySelector('.diagram-none').hidden = Boolean(source);
  side.host.hidden = !source;
  if (!source) return;
  try {
    await side.viewer.importXML(source);
    side.isDrawn = true;
    mark(side);
  } catch (reason) {
    figure.querySelector('.diagram-none').hidden = false;
    side.host.hidden = true;
    console.error(reason);
  }
}

function mark({ viewer }) {
  const [known, canvas, overlays] = ['elementRegistry', 'canvas', 'overlays'].map((part) => viewer.get(part));
  for (const [id, kind] of Object.entries(marks)) {
    const element = known.get(id);
    if (!element) continue;
    canvas.addMarker(id, `was-${kind}`);
    if (element.waypoints) continue;
    const sign = document.createElement('span');
    sign.className = `change-sign change-${kind}`;
    sign.textContent = SIGNS[kind];
    overlays.add(id, { position: { top: -11, left: -11 }, html: sign });
  }
}

function drawn() {
  return sides.filter((side) => side.isDrawn);
}

// the one that shows more decides how far away both stand
function fit() {
  const all = drawn();
  if (!all.length) return;
  leader = null;
  all.forEach(({ viewer }) => viewer.get('canvas').zoom('fit-viewport', 'auto'));
  const widest = all.reduce((one, other) => (canvasOf(one).zoom() <= canvasOf(other).zoom() ? one : other));
  follow(widest);
}

function canvasOf(side) {
  return side.viewer.get('canvas');
}

function follow(side) {
  if (leader || !side.isDrawn) return;
  leader = side;
  const { x, y, width, height } = canvasOf(side).viewbox();
  for (const other of drawn()) {
    if (other !== side) canvasOf(other).viewbox({ x, y, width, height });
  }
  leader = null;
}

// the process itself has no place on its sheet
function placed(side, id) {
  const element = side.viewer.get('elementRegistry').get(id);
  return element && element !== canvasOf(side).getRootElement() ? element : null;
}

function isDrawn(id) {
  return drawn().some((side) => placed(side, id));
}

function show(id) {
  if (!isDrawn(id)) return;
  for (const side of drawn()) {
    const known = side.viewer.get('elementRegistry');
    known.forEach((one) => canvasOf(side).removeMarker(one, 'is-shown'));
    if (known.get(id)) canvasOf(side).addMarker(id, 'is-shown');
  }
  centre(id);
  card.scrollIntoView({ block: 'start', behavior: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}

function centre(id) {
  const at = drawn().find((side) => placed(side, id));
  const element = placed(at, id);
  const { outer } = canvasOf(at).viewbox();
  const [width, height] = [outer.width / READABLE, outer.height / READABLE];
  const { x, y } = middle(element);
  canvasOf(at).viewbox({ x: x - width / 2, y: y - height / 2, width, height });
}

function middle(element) {
  if (element.waypoints) return element.waypoints[Math.floor(element.waypoints.length / 2)];
  return { x: element.x + element.width / 2, y: element.y + element.height / 2 };
}

// a click in the list leads to the diagram that has the element, in its sheet
async function lead(id) {
  if (!isDrawn(id)) {
    const texts = [...card.querySelectorAll('textarea[data-key]')];
    const sheet = texts.find((text) => text.value.includes(`id="${id}"`));
    if (sheet) await draw(sheet.dataset.key);
  }
  show(id);
}

function listen() {
  const act = {
    all: fit,
    in: () => zoom(1.25),
    out: () => zoom(0.8),
  };
  for (const button of card.querySelectorAll('[data-zoom]')) {
    button.hidden = false;
    button.addEventListener('click', act[button.dataset.zoom]);
  }
  for (const button of card.querySelectorAll('[data-sheet]')) button.addEventListener('click', () => draw(button.dataset.sheet));
  wire(document);
  document.addEventListener('htmx:load', (event) => wire(event.detail.elt));
}

// those that are hidden or wait still: parts of the page are drawn again
function wire(part) {
  for (const button of part.querySelectorAll('[data-show]:is([hidden], :disabled)')) {
    button.hidden = false;
    button.disabled = false;
    button.addEventListener('click', () => lead(button.dataset.show));
  }
}

function zoom(factor) {
  const [side] = drawn();
  if (side) canvasOf(side).zoom(canvasOf(side).zoom() * factor);
}

for (const side of sides) {
  side.viewer = new NavigatedViewer({ container: side.host });
  side.viewer.on('canvas.viewbox.changed', () => follow(side));
  if (window.matchMedia('(pointer: coarse)').matches) navigateByTouch(side.host, canvasOf(side));
}
listen();
draw(card.querySelector('textarea[data-key]').dataset.key).then(() => { card.dataset.ready = '1'; });
