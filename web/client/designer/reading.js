import '../polyfills.js';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { navigateByTouch } from '../touch.js';
import { diagramsOf } from './bundle.js';
import { listFiles } from './files.js';
import { made } from './made.js';
import { Problems } from './problems.js';
import { part, root, served } from './served.js';

// On a phone: the diagrams to look at, and the list of problems.
export async function startReading(draft) {
  const host = made('div', { class: 'modeller-canvas' });
  part('canvas').append(host);
  const viewer = new NavigatedViewer({ container: host });
  const show = async (path) => {
    await viewer.importXML(draft.read(path));
    viewer.get('canvas').zoom('fit-viewport', 'auto');
    listFiles(draft, { diagram: show }, path);
    root.dataset.file = path;
  };
  const lead = async ({ path, element_id: id }) => {
    if (!path.endsWith('.bpmn')) return;
    if (root.dataset.file !== path) await show(path);
    const canvas = viewer.get('canvas');
    const element = viewer.get('elementRegistry').get(id);
    if (!element || element === canvas.getRootElement()) return;
    canvas.zoom(0.8);
    canvas.scrollToElement(element, 60);
    host.scrollIntoView({ block: 'center' });
  };
  navigateByTouch(host, viewer.get('canvas'));
  const [main] = diagramsOf(draft);
  if (main) await show(main.path);
  await new Problems(draft, { lead, show: () => {}, gaps: served.gaps }).check();
  root.dataset.ready = '1';
}
