import { getBusinessObject, is } from 'bpmn-js/lib/util/ModelUtil';
import { Film } from '../film.js';
import { icon, made } from '../made.js';
import { TokenDrawing } from '../token_drawing.js';
import { say } from '../words.js';
import { arrivalsOf } from './model.js';
import { movesOf } from './rules.js';
import { NOTHING } from './tokens.js';

const READING = 9000; // before whatever would change the drawing
const MOST_ALONE = 200; // automatic moves one after the other: a circle without a step that waits would never end
const ROAMS = /^(Tab|Arrow(Up|Down|Left|Right))$/;

// Tokens on the drawing without data: people choose what happens, everything automatic follows. Nothing is changed.
export class Simulation {
  constructor(modelling, ended) {
    Object.assign(this, { modelling, ended, drawing: new TokenDrawing(), film: null, watched: new WeakSet() });
  }

  get isOn() { return Boolean(this.film); }

  begin(diagram) {
    this.end();
    this.diagram = diagram;
    this.watch(diagram);
    diagram.get('selection').select([]);
    this.choices = made('div', { class: 'film-choices', role: 'group', 'aria-label': say('现在可以') });
    this.film = new Film({
      title: say('模拟'), frames: [this.first()], choices: this.choices, draw: (frame, before) => this.draw(frame, before),
      acts: [made('button', { type: 'button', class: 'btn btn-sm', 'data-again': true, click: () => this.begin(this.diagram) }, icon('repeat'), say('从头再来'))],
      closed: () => { this.end(); this.ended(); },
    });
  }

  first() {
    return { words: say('选一个开始'), state: NOTHING, done: [], current: {}, failed: [], flows: [], alone: 0 };
  }

  end() {
    const { film } = this;
    this.film = null;
    this.sign([]);
    this.drawing.clear();
    if (film) film.closed = () => {};
    film?.close();
  }

  // a click makes a move; what would change the drawing is kept away
  watch(diagram) {
    if (this.watched.has(diagram)) return;
    this.watched.add(diagram);
    const isMine = () => this.isOn && this.diagram === diagram;
    const bus = diagram.get('eventBus');
    bus.on('element.click', READING, ({ element }) => (isMine() ? this.clicked(element) : undefined));
    bus.on(['element.mousedown', 'element.dblclick', 'element.contextmenu'], READING, ({ element }) => (isMine() && element.parent ? false : undefined));
    bus.on('commandStack.changed', () => { if (isMine()) this.begin(diagram); });
    diagram.get('keyboard').addListener(READING, ({ keyEvent: { key, shiftKey } }) => (isMine() && !(ROAMS.test(key) && (!shiftKey || key === 'Tab')) ? true : undefined));
  }

  moves({ state }) {
    const plane = getBusinessObject(this.diagram.get('canvas').getRootElements()[0]);
    const process = is(plane, 'bpmn:Collaboration') ? this.executed(plane) : plane;
    return process ? movesOf(state, process) : [];
  }

  executed(collaboration) {
    const processes = collaboration.get('participants').map((one) => one.get('processRef')).filter(Boolean);
    return processes.find((one) => one.get('isExecutable')) ?? processes[0];
  }

  async draw(frame, before) {
    const { film } = this;
    this.offer([]);
    if (frame.place) this.drawing.follow(this.diagram, frame.place);
    await this.drawing.draw(this.diagram, frame, Boolean(before));
    if (!this.isOn || this.film !== (film ?? this.film) || this.film.frame !== frame) return;
    const moves = this.moves(frame);
    const automatic = moves.find(({ isAutomatic }) => isAutomatic);
    if (automatic && this.film.at === this.film.last && frame.alone < MOST_ALONE) this.make(automatic);
    else this.offer(moves);
  }

  make(move) {
    if (!this.isOn) return;
    const { frame } = this.film;
    const state = move.after();
    const done = new Set([...frame.done, ...(move.place ? [move.place] : [move.spot]), ...move.flows]);
    const fresh = { words: move.words, state, place: move.place ?? move.spot, done: [...done], current: placesOf(state), failed: [], flows: move.flows, alone: move.isAutomatic ? frame.alone + 1 : 0 };
    if (!this.moves(fresh).length) this.conclude(fresh);
    this.film.add(fresh);
  }

  // nothing more can happen: the end, or a standstill
  conclude(frame) {
    const left = Object.keys(frame.current);
    frame.failed = left;
    frame.words += left.length ? say('。停住了：剩下的令牌再也走不动。') : say('。流程结束。');
  }

  offer(moves) {
    const line = (move) => made('button', { type: 'button', class: 'btn btn-sm', 'data-move': move.spot, click: () => this.make(move) }, move.words);
    const hadFocus = this.choices.contains(document.activeElement);
    this.choices.replaceChildren(...moves.map(line));
    this.sign(moves);
    if (hadFocus) (this.choices.firstChild ?? this.film?.heading)?.focus();
  }

  clicked(element) {
    const buttons = [...this.choices.querySelectorAll(`[data-move="${CSS.escape(element.id.replace(/_label$/, ''))}"]`)];
    if (buttons.length === 1) buttons[0].click();
    else buttons[0]?.focus();
    return false;
  }

  // a sign to click at every place where something can happen; the same buttons stand in the panel, for the keyboard
  sign(moves) {
    if (!this.diagram) return;
    const overlays = this.diagram.get('overlays');
    overlays.remove({ type: 'move' });
    for (const spot of new Set(moves.map((move) => move.spot))) {
      const element = this.diagram.element(spot);
      if (!element) continue;
      const words = moves.filter((move) => move.spot === spot).map((move) => move.words).join('\n');
      const html = made('button', { type: 'button', class: 'move-sign', tabindex: '-1', title: words, 'aria-label': words, click: () => this.clicked(element) }, icon('play'));
      overlays.add(spot, 'move', { position: placeOf(element), html });
    }
  }
}

function placeOf(element) {
  if (!element.waypoints) return { bottom: 14, right: 14 };
  const left = Math.min(...element.waypoints.map(({ x }) => x));
  const top = Math.min(...element.waypoints.map(({ y }) => y));
  const [from, to] = element.waypoints;
  return { left: (from.x + to.x) / 2 - left - 12, top: (from.y + to.y) / 2 - top - 12 };
}

// at a join a token stands on the flow by which it came
function placesOf({ tokens, scopes }) {
  const places = {};
  for (const { n, node, via, isDone } of tokens) {
    if (scopes.some(({ host }) => host === n)) continue;
    const place = via && !isDone && arrivalsOf(node).length > 1 && is(node, 'bpmn:Gateway') && !is(node, 'bpmn:ExclusiveGateway') ? via : node.id;
    places[place] = (places[place] ?? 0) + 1;
  }
  return places;
}
