import '../polyfills.js';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import Modeler from 'bpmn-js/lib/Modeler';
import minimap from 'diagram-js-minimap';
import grid from 'diagram-js-grid';
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from 'bpmn-js-properties-panel';
import { CreateAppendAnythingModule } from 'bpmn-js-create-append-anything';
import behaviours from 'camunda-bpmn-js-behaviors/lib/camunda-cloud';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import asItWas from './as_it_was.js';
import executed from './executed.js';
import names from './names.js';
import panel from './panel/provider.js';
import translating from './translating/diagram.js';
import walking from './walk.js';

const READABLE = 0.45;
const QUIET = 300; // ms without an edit before the file is written anew

// One diagram of the draft in a modeller of its own: its undo stack stays while another one is looked at.
export class Diagram {
  constructor(path, { draft, go, host }) {
    Object.assign(this, { path, draft, host });
    this.modeler = new Modeler({
      container: host, draft, go, path,
      moddleExtensions: { zeebe },
      additionalModules: [
        translating, BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule, behaviours,
        CreateAppendAnythingModule, minimap, grid, asItWas, executed, names, panel, walking,
      ],
    });
    this.imported = null; // the text that is drawn
    this.modeler.on('commandStack.changed', () => this.edited());
  }

  get(name) { return this.modeler.get(name); }

  async load() {
    const text = this.draft.read(this.path);
    if (text === this.imported) return [];
    this.imported = text;
    const { warnings } = await this.modeler.importXML(text);
    this.begin();
    return warnings;
  }

  // all of it, or where it begins if all of it would be too small to read
  begin() {
    const canvas = this.get('canvas');
    canvas.zoom('fit-viewport', 'auto');
    if (canvas.zoom() >= READABLE) return;
    const start = this.get('elementRegistry').find(({ type }) => type === 'bpmn:StartEvent');
    canvas.zoom(0.8);
    if (start) canvas.scrollToElement(start, { top: 200, bottom: 200, left: 160, right: 300 });
  }

  edited() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), QUIET);
  }

  // after everything is undone the file is what it was, to the letter
  async write() {
    clearTimeout(this.timer);
    if (this.get('commandStack')._stackIdx < 0) {
      this.draft.write(this.path, this.imported);
      return;
    }
    const { xml } = await this.modeler.saveXML({ format: true });
    this.draft.write(this.path, xml);
  }

  show(parent) {
    this.host.hidden = false;
    if (parent) this.get('propertiesPanel').attachTo(parent);
    this.get('canvas').resized();
  }

  hide() {
    this.get('propertiesPanel').detach();
    this.host.hidden = true;
  }

  element(id) { return this.get('elementRegistry').get(id); }

  // brings an element into view, selects it
  lead(id) {
    const element = this.element(id);
    const canvas = this.get('canvas');
    if (!element || element === canvas.getRootElement()) {
      this.get('selection').select([]);
      return false;
    }
    canvas.setRootElement(canvas.findRoot(element));
    this.get('selection').select(element);
    if (canvas.zoom() < 0.7) canvas.zoom(0.9);
    canvas.scrollToElement(element, { top: 120, bottom: 120, left: 200, right: 200 });
    return true;
  }
}
