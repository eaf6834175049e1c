import { made } from './made.js';
import { say } from './words.js';

const ACTIONS = {
  change_gateway(diagram, { element_id: id, to }) {
    const replaced = diagram.get('bpmnReplace').replaceElement(diagram.element(id), { type: `bpmn:${to[0].toUpperCase()}${to.slice(1)}` });
    return replaced.id;
  },
};

const isKnown = ({ action }) => action in ACTIONS;

// a button for each change that was proven to help; those that this page does not know are passed over
export function fixButtons({ counter_example: proof }, mend, { isLong = false } = {}) {
  const fixes = (proof?.fixes ?? []).filter(isKnown);
  const shown = (words) => (isLong || fixes.length > 1 ? say('改好：{words}', { words }) : say('改好'));
  return fixes.map((fix) => made('button', {
    type: 'button', class: 'btn btn-sm', 'data-fix': fix.action, title: fix.words, 'aria-label': say('改好：{words}', { words: fix.words }), click: () => mend(fix),
  }, shown(fix.words)));
}

// One command, so that 撤销 takes it back; gives the id of what was changed.
export function applyFix(diagram, fix) {
  return diagram.element(fix.element_id) && ACTIONS[fix.action](diagram, fix);
}
