import './polyfills.js';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './viewer.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { markTokens } from './marks.js';
import { replayIn } from './replay.js';
import { navigateByTouch } from './touch.js';

const READABLE = 0.7; // below this zoom the labels cannot be read

function mark(viewer, state) {
  markTokens(viewer, state);
  const stages = viewer.get('elementRegistry').filter((element) => element.children?.length);
  stages.forEach((stage) => viewer.get('canvas').addMarker(stage, 'is-container'));
}

// a call activity leads to the diagram it calls: a link below it, and a double click on it
function lead(viewer, links) {
  const overlays = viewer.get('overlays');
  const known = viewer.get('elementRegistry');
  for (const [id, { href, text }] of Object.entries(links)) {
    const element = known.get(id);
    if (!element) continue;
    const link = document.createElement('a');
    link.className = 'sheet-link';
    link.href = href;
    link.textContent = text;
    link.setAttribute('aria-label', `${text} ${element.businessObject.name || id}`);
    overlays.add(id, { position: { bottom: 12, left: 6 }, html: link });
  }
}

// the innermost current step: a stage around it is current too
function focusOf(viewer, state) {
  const known = viewer.get('elementRegistry');
  const candidates = [...state.failed, ...state.current.map((token) => token.element_id)];
  const elements = candidates.map((id) => known.get(id)).filter((element) => element && !element.children?.length);
  return elements[0] || known.filter((element) => element.type === 'bpmn:StartEvent')[0];
}

// a start event stands at the left, anything else in the middle: what comes next is to its right
function centre(canvas, element) {
  const { outer } = canvas.viewbox();
  const [width, height] = [outer.width / READABLE, outer.height / READABLE];
  const before = element.type === 'bpmn:StartEvent' ? Math.min(60, width / 8) : (width - element.width) / 2;
  canvas.viewbox({ x: element.x - before, y: element.y + element.height / 2 - height / 2, width, height });
}

// moves the drawing only when the step where things stand would not be seen
function keepInView(viewer, state) {
  const canvas = viewer.get('canvas');
  const element = state.current.length || state.failed.length ? focusOf(viewer, state) : null;
  if (!element) return;
  const { x, y, width, height } = canvas.viewbox();
  const isSeen = element.x >= x && element.y >= y && element.x + element.width <= x + width && element.y + element.height <= y + height;
  if (!isSeen) centre(canvas, element);
}

function fit(viewer, state) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  if (canvas.zoom() >= READABLE) return; // all of it can be read
  const element = focusOf(viewer, state);
  if (!element) return;
  centre(canvas, element);
}

function buttons(viewer, stateNow, host) {
  const canvas = viewer.get('canvas');
  const act = {
    in: () => canvas.zoom(canvas.zoom() * 1.25),
    out: () => canvas.zoom(canvas.zoom() / 1.25),
    all: () => canvas.zoom('fit-viewport', 'auto'),
    now: () => fit(viewer, stateNow()),
  };
  for (const button of host.parentElement.querySelectorAll('[data-zoom]')) {
    button.hidden = false;
    button.addEventListener('click', act[button.dataset.zoom]);
  }
}

// a click on a step leads to what happened there: the same link stands beside it in the list of steps
function tell(viewer, host) {
  if (!host.hasAttribute('data-tells')) return;
  viewer.on('element.click', ({ element }) => {
    const link = document.querySelector(`#outline a[href*="element=${CSS.escape(element.id)}"]`);
    if (link && !element.children?.length) link.click();
  });
}

// `links` of the host are those of the sheet that is open
async function open(viewer, host, { source, links }) {
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`diagram: ${answer.status}`);
  await viewer.importXML(await answer.text());
  host.dataset.links = links;
  lead(viewer, JSON.parse(links));
}

function follow(viewer, host) {
  viewer.on('element.dblclick', ({ element }) => {
    const link = JSON.parse(host.dataset.links)[element.id];
    if (link) window.location.assign(link.href);
  });
}

async function show(host) {
  const viewer = new NavigatedViewer({ container: host });
  let state = { done: [], current: [], failed: [], ...JSON.parse(host.dataset.state || '{}') };
  await open(viewer, host, { source: host.dataset.src, links: host.dataset.links || '{}' });
  mark(viewer, state);
  follow(viewer, host);
  fit(viewer, state);
  buttons(viewer, () => state, host);
  tell(viewer, host);
  replayIn(host, async (shown, sheet) => {
    if (sheet) await open(viewer, host, sheet);
    state = shown;
    mark(viewer, shown);
    if (sheet) fit(viewer, shown);
    else keepInView(viewer, shown);
  });
  if (window.matchMedia('(pointer: coarse)').matches) navigateByTouch(host, viewer.get('canvas'));
  host.dataset.ready = '1';
}

for (const host of document.querySelectorAll('[data-bpmn-viewer]')) {
  show(host).catch((reason) => {
    host.closest('figure')?.classList.add('diagram-missing');
    console.error(reason);
  });
}
