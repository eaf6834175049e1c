import { decisionsOf, diagramsOf, formsOf } from './bundle.js';
import { icon, made } from './made.js';
import { part } from './served.js';
import { say } from './words.js';

const named = (path) => path.split('/').pop();

// The files of the draft by kind; `open` has one function a kind.
export function listFiles(draft, open, current) {
  const kinds = [
    [say('流程图'), 'flow', diagramsOf(draft).map(({ path, name }) => [path, name, open.diagram])],
    [say('表单'), 'tasks', formsOf(draft).map(({ path, title }) => [path, title, open.form])],
    [say('决策表'), 'case', tables(draft).map(([path, name]) => [path, name, open.table])],
    [say('规则'), 'calendar', draft.paths('.yml').filter((path) => path.startsWith('rules/')).map((path) => [path, named(path)])],
    [say('场景'), 'play', draft.paths('.yml').filter((path) => path.startsWith('scenarios/')).map((path) => [path, named(path)])],
  ];
  part('files').replaceChildren(...kinds.filter(([, , files]) => files.length).map(([title, picture, files]) => group(title, picture, files, current)));
}

function tables(draft) {
  const names = new Map(decisionsOf(draft).map(({ path, name }) => [path, name]));
  return draft.paths('.dmn').map((path) => [path, names.get(path) ?? named(path)]);
}

function group(title, picture, files, current) {
  const isOpen = files.length <= 20 || files.some(([path]) => path === current);
  return made('details', { open: isOpen && Boolean(files[0][2]) },
    made('summary', {}, icon(picture), title, made('span', { class: 'tab-count' }, String(files.length))),
    made('ul', {}, ...files.map(([path, name, open]) => made('li', {}, open
      ? made('button', { type: 'button', title: path, 'data-file': path, 'aria-current': path === current && 'true', click: () => open(path) }, name)
      : made('span', { title: path }, name)))));
}
