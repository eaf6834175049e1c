import { made } from './made.js';
import { sign } from './problems.js';
import { say } from './words.js';

const ORDER = ['error', 'warning', 'style'];

// A sign at every element that has a problem; the worst one decides its form.
export function putBadges(diagram, problems, lead) {
  const overlays = diagram.get('overlays');
  overlays.remove({ type: 'problem' });
  const byElement = new Map();
  for (const problem of problems.filter(({ path, element_id: id }) => path === diagram.path && id)) {
    byElement.set(problem.element_id, [...(byElement.get(problem.element_id) ?? []), problem]);
  }
  for (const [id, found] of byElement) {
    const element = diagram.element(id);
    if (!element || element === diagram.get('canvas').getRootElement()) continue;
    found.sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
    if (found[0].severity === 'style') continue; // in the list only: the drawing would be full of them
    const label = say('{n} 个问题：{message}', { n: found.length, message: found[0].message });
    const badge = made('button', { type: 'button', class: 'problem-badge', title: found.map(({ message }) => message).join('\n'), 'aria-label': label, tabindex: '-1', click: () => lead(found[0]) }, sign(found[0].severity));
    overlays.add(id, 'problem', { position: placeOf(element), html: badge });
  }
}

const placeOf = (element) => (element.waypoints ? { top: -10, left: -10 } : { top: -9, left: -9 });
