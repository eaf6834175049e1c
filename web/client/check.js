import './polyfills.js';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './viewer.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { navigateByTouch } from './touch.js';

// Draws the checked files; a finding leads to its element. On a phone the list stands alone.
const host = document.querySelector('[data-check-viewer]');
const READABLE = 0.9;
let viewer;
let open;
let drawn; // what is being drawn, or was: who asks for an element of it waits

function figure() {
  return host.closest('figure');
}

function draw(path) {
  const source = document.querySelector(`textarea[data-source="${CSS.escape(path)}"]`);
  if (source && open !== path) {
    open = path;
    drawn = Promise.resolve(drawn).then(() => put(source, path));
  }
  return drawn;
}

async function put(source, path) {
  for (const button of document.querySelectorAll('[data-sheet]')) {
    button.setAttribute('aria-pressed', String(button.dataset.sheet === path));
  }
  try {
    await viewer.importXML(source.value);
    figure().classList.remove('diagram-missing');
    figure().querySelector('.diagram-none').hidden = true;
    mark(JSON.parse(source.dataset.marks));
    viewer.get('canvas').zoom('fit-viewport', 'auto');
  } catch {
    figure().classList.add('diagram-missing');
    figure().querySelector('.diagram-none').hidden = false;
  }
  host.dataset.ready = path;
}

function mark(marks) {
  const canvas = viewer.get('canvas');
  const known = viewer.get('elementRegistry');
  for (const [id, severity] of Object.entries(marks)) {
    if (known.get(id)) canvas.addMarker(id, `has-${severity}`);
  }
}

async function show(button) {
  await draw(button.dataset.path);
  const known = viewer.get('elementRegistry');
  const element = known.get(button.dataset.show);
  for (const other of document.querySelectorAll('[data-show][aria-current]')) other.removeAttribute('aria-current');
  known.forEach((one) => viewer.get('canvas').removeMarker(one, 'is-shown'));
  if (!element || element === viewer.get('canvas').getRootElement()) return;
  button.setAttribute('aria-current', 'true');
  const canvas = viewer.get('canvas');
  canvas.addMarker(element, 'is-shown');
  const { outer } = canvas.viewbox();
  const { x, y } = middle(element);
  const [width, height] = [outer.width / READABLE, outer.height / READABLE];
  canvas.viewbox({ x: x - width / 2, y: y - height / 2, width, height });
}

function middle(element) {
  if (element.waypoints) return element.waypoints[Math.floor(element.waypoints.length / 2)];
  return { x: element.x + element.width / 2, y: element.y + element.height / 2 };
}

function listen() {
  const canvas = () => viewer.get('canvas');
  const act = {
    all: () => canvas().zoom('fit-viewport', 'auto'),
    in: () => canvas().zoom(canvas().zoom() * 1.25),
    out: () => canvas().zoom(canvas().zoom() / 1.25),
  };
  for (const button of document.querySelectorAll('[data-zoom]')) {
    button.hidden = false;
    button.addEventListener('click', act[button.dataset.zoom]);
  }
  for (const button of document.querySelectorAll('[data-show]')) {
    button.disabled = false;
    button.addEventListener('click', () => show(button));
  }
  for (const button of document.querySelectorAll('[data-sheet]')) {
    button.addEventListener('click', () => draw(button.dataset.sheet));
  }
}

if (host && host.getClientRects().length) {
  viewer = new NavigatedViewer({ container: host });
  listen();
  draw(document.querySelector('textarea[data-source]').dataset.source);
  if (window.matchMedia('(pointer: coarse)').matches) navigateByTouch(host, viewer.get('canvas'));
}
document.getElementById('verdict')?.focus();
