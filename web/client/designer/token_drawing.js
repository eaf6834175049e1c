import { markTokens } from '../marks.js';
import { travel } from './travelling.js';

const NOTHING = { done: [], current: [], failed: [] };

// Draws where tokens are: `{ done, current: {place: count}, failed, flows }`, going along `flows` when it follows on another one.
export class TokenDrawing {
  constructor() { this.travelling = null; this.drawnOn = new Set(); }

  draw(diagram, frame, isFollowing) {
    this.travelling?.stop();
    this.drawnOn.add(diagram);
    if (!isFollowing || !frame.flows?.length) return this.mark(diagram, frame);
    this.travelling = travel(diagram.modeler, frame.flows);
    return this.travelling.arrived.then(() => this.mark(diagram, frame));
  }

  mark(diagram, { done, current, failed }) {
    const isWhole = (id) => !diagram.element(id)?.children?.length; // a stage around the tokens keeps its colour
    const here = Object.entries(current).map(([id, count]) => ({ element_id: id, label: count > 1 ? `● ${count}` : '●' }));
    const passed = [...done].filter((id) => !(id in current) && isWhole(id));
    markTokens(diagram.modeler, { done: passed, current: here.filter(({ element_id: id }) => isWhole(id)), failed: failed.filter(isWhole) });
  }

  // brings into view what would not be seen, without selecting it
  follow(diagram, id) {
    const element = diagram.element(id);
    const canvas = diagram.get('canvas');
    if (!element || element === canvas.getRootElement()) return;
    const plane = canvas.findRoot(element);
    if (plane !== canvas.getRootElement()) canvas.setRootElement(plane);
    canvas.scrollToElement(element, { top: 60, bottom: 60, left: 120, right: 90 });
  }

  clear() {
    this.travelling?.stop();
    this.drawnOn.forEach((diagram) => markTokens(diagram.modeler, NOTHING));
    this.drawnOn.clear();
  }
}
