import { note } from './saving_state.js';
import { pageOf, part, root } from './served.js';
import { say } from './words.js';

const PLACED = [[/\.bpmn$/, ''], [/\.dmn$/, ''], [/\.form$/, 'forms/']];

// The buttons above the drawing.
export function startTools(modelling) {
  const now = (name) => modelling.current?.get(name);
  const act = {
    undo: () => now('commandStack').undo(),
    redo: () => now('commandStack').redo(),
    find: () => now('searchPad').toggle(),
    all: () => now('canvas').zoom('fit-viewport', 'auto'),
    in: () => now('canvas').zoom(now('canvas').zoom() * 1.25),
    out: () => now('canvas').zoom(now('canvas').zoom() / 1.25),
    import: () => part('import').click(),
    export: () => leave(modelling, () => window.location.assign(pageOf('export'))),
    review: () => leave(modelling, () => window.location.assign(pageOf('review'))),
  };
  for (const button of root.querySelectorAll('[data-act]')) {
    button.addEventListener('click', () => act[button.dataset.act]());
  }
  part('import')?.addEventListener('change', ({ target }) => bring(modelling, target));
  part('try').addEventListener('submit', (event) => {
    event.preventDefault();
    leave(modelling, () => event.target.submit());
  });
}

// with what is drawn, saved
async function leave(modelling, go) {
  if (!modelling.draft.mayEdit || await modelling.settle()) go();
  else note(say('还没有保存，先不离开这一页。'));
}

// chosen files take the place of those of the same name; everything else of the draft stays
async function bring(modelling, input) {
  const { draft } = modelling;
  for (const file of input.files) {
    const place = PLACED.find(([ending]) => ending.test(file.name));
    if (place) draft.write(place[1] + file.name, await file.text());
    else note(say('{name} 不是流程图、决策表或表单。', { name: file.name }));
  }
  input.value = '';
  await draft.save();
  if (draft.state === 'saved') window.location.reload();
}
