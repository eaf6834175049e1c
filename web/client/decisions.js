import './polyfills.js';
import './designer/style_nonce.js';
import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn-embedded.css';
import './designer/designer.css';
import DmnModeler from 'dmn-js/lib/Modeler';
import { startFile } from './designer/file_page.js';
import { made } from './designer/made.js';
import { part, root } from './designer/served.js';
import translating from './designer/translating/table.js';
import { missing } from './designer/words.js';

// One file of decisions in the dmn-js editor: the graph and its tables as views.
const QUIET = 400; // ms without an edit before the file is written anew

async function start() {
  const { draft, path } = await startFile();
  const modules = { additionalModules: [translating] };
  const modeler = new DmnModeler({
    container: part('canvas'), drd: modules, decisionTable: modules, literalExpression: modules, boxedExpression: modules,
    expressionLanguages: { defaults: { inputCell: 'feel', editor: 'feel' }, options: [{ value: 'feel', label: 'FEEL' }] },
  });
  let timer = 0;
  const write = async () => draft.write(path, (await modeler.saveXML({ format: true })).xml);
  const changed = () => { clearTimeout(timer); timer = setTimeout(write, QUIET); };
  modeler.on('views.changed', ({ views, activeView }) => showViews(modeler, views, activeView));
  modeler.on('viewer.created', ({ viewer }) => viewer.on('commandStack.changed', (event) => { if (event.trigger !== 'clear') changed(); }));
  await modeler.importXML(draft.read(path));
  const table = modeler.getViews().find(({ type }) => type === 'decisionTable');
  if (table) await modeler.open(table);
  Object.assign(root, { modeler, untranslated: missing });
  root.dataset.ready = '1';
}

function showViews(modeler, views, active) {
  part('views').replaceChildren(...views.map((view) => made('button', {
    type: 'button', 'aria-pressed': String(view === active), click: () => modeler.open(view),
  }, view.name || view.element.name || view.id)));
}

start();
