import './polyfills.js';
import './designer/style_nonce.js';
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor.css';
import '@bpmn-io/form-js-editor/dist/assets/properties-panel.css';
import '@bpmn-io/form-js-editor/dist/assets/dragula.css';
import './designer/designer.css';
import { FormEditor } from '@bpmn-io/form-js-editor';
import { startFile } from './designer/file_page.js';
import palette from './designer/form_palette.js';
import { startPreview } from './designer/form_preview.js';
import { isNarrow, part, root } from './designer/served.js';

// One form of the draft in the form-js editor.
const QUIET = 400; // ms without an edit before the file is written anew

async function start() {
  const { draft, path } = await startFile();
  if (isNarrow) {
    await startPreview(() => draft.read(path))('preview');
    root.dataset.ready = '1';
    return;
  }
  const editor = new FormEditor({ container: part('canvas'), additionalModules: [palette] });
  const before = draft.read(path);
  await editor.importSchema(JSON.parse(before));
  const written = () => `${JSON.stringify(withOwn(JSON.parse(before), editor.saveSchema()), null, 2)}\n`;
  let timer = 0;
  editor.on('commandStack.changed', () => {
    clearTimeout(timer);
    timer = setTimeout(() => draft.write(path, editor.get('commandStack').canUndo() ? written() : before), QUIET);
  });
  for (const button of root.querySelectorAll('[data-act]')) {
    button.addEventListener('click', () => editor.get('commandStack')[button.dataset.act]());
  }
  startPreview(written);
  root.editor = editor;
  root.dataset.ready = '1';
}

// the editor says who wrote the file; everything else that it does not know stays
function withOwn(before, schema) {
  const { exporter, ...own } = schema;
  return { ...own, ...(before.exporter ? { exporter: before.exporter } : {}) };
}

start();
