import { putBadges } from './badges.js';
import { diagramsOf } from './bundle.js';
import { Diagram } from './diagram.js';
import { makeForm } from './fresh_form.js';
import { listFiles } from './files.js';
import { applyFix } from './fixing.js';
import { Gaps } from './gaps/list.js';
import { fetchKit } from './kit.js';
import { made } from './made.js';
import { startModes } from './modes.js';
import { Problems } from './problems.js';
import { Proof } from './proof.js';
import { note } from './saving_state.js';
import { pageOf, part, root } from './served.js';
import { Simulation } from './simulating/simulation.js';
import { startTools } from './tools.js';
import { missing, say } from './words.js';

// The modeller: one diagram after the other in tabs, the settings of what is selected, the problems below.
export async function startModelling(draft) {
  root.modelling = new Modelling(draft);
  await root.modelling.start();
}

class Modelling {
  constructor(draft) {
    Object.assign(this, { draft, open: new Map(), current: null, found: [] });
    this.go = {
      diagram: (path) => this.show(path),
      form: (path) => this.leave('form', path),
      table: (path) => this.leave('table', path),
      newForm: (element) => this.newForm(element),
    };
    this.problems = new Problems(draft, {
      lead: (problem) => this.lead(problem), show: (found) => this.mark(found),
      play: (problem) => this.play(problem), mend: draft.mayEdit && ((problem, fix) => this.mend(problem, fix)),
    });
    this.proof = new Proof(this);
    this.gaps = new Gaps(this);
    this.simulation = new Simulation(this, () => this.enter('configure'));
  }

  async start() {
    await fetchKit();
    this.enter = startModes((mode) => this.entered(mode));
    startTools(this);
    const wanted = new URLSearchParams(window.location.search).get('file');
    const [main] = diagramsOf(this.draft);
    const first = this.draft.read(wanted) && wanted.endsWith('.bpmn') ? wanted : main?.path;
    if (first) await this.show(first);
    else note(say('这份草稿里没有流程图。'));
    this.draft.addEventListener('change', () => this.list());
    this.problems.check();
    if (this.gaps.show()) this.enter('gaps');
    root.untranslated = missing;
    root.dataset.ready = '1';
  }

  list() { listFiles(this.draft, this.go, this.current?.path); }

  async show(path) {
    if (this.current?.path === path) return this.current;
    this.current?.hide();
    if (!this.open.has(path)) {
      const host = made('div', { class: 'modeller-canvas', role: 'group', 'aria-label': say('流程图 {path}', { path }) });
      part('canvas').append(host);
      this.open.set(path, new Diagram(path, { draft: this.draft, go: this.go, host }));
    }
    this.current = this.open.get(path);
    this.current.show(part('panel'));
    await this.load();
    this.tabs();
    this.list();
    this.mark(this.found);
    if (this.simulation.isOn) this.simulation.begin(this.current);
    return this.current;
  }

  async load() {
    try {
      const warnings = await this.current.load();
      if (warnings.length) note(say('这个文件有 {n} 处读不进来，请看问题清单。', { n: warnings.length }));
    } catch (reason) {
      console.error(reason);
      note(say('这个文件画不出来：没有图形信息，或者文件不完整。'));
    }
  }

  tabs() {
    const names = new Map(diagramsOf(this.draft).map(({ path, name }) => [path, name]));
    const tab = (path) => made('button', { type: 'button', 'data-tab': path, 'aria-current': path === this.current.path && 'true', click: () => this.show(path) }, names.get(path) ?? path);
    part('tabs').replaceChildren(...[...this.open.keys()].map(tab));
    root.dataset.file = this.current.path;
  }

  mark(found) {
    this.found = found;
    if (this.current) putBadges(this.current, found, (problem) => this.lead(problem));
    this.gaps.show();
  }

  async lead({ path, element_id: id }) {
    if (path.endsWith('.form')) return this.leave('form', path);
    if (path.endsWith('.dmn')) return this.leave('table', path);
    if (!this.draft.read(path)?.length || !path.endsWith('.bpmn')) return undefined;
    const diagram = await this.show(path);
    if (id) diagram.lead(id);
    return undefined;
  }

  entered(mode) {
    if (mode === 'simulate' && this.current) {
      this.proof.close();
      this.simulation.begin(this.current);
    } else if (this.simulation.isOn) this.simulation.end();
    this.resized();
  }

  play(problem) {
    if (this.simulation.isOn) this.enter('configure');
    this.proof.play(problem);
  }

  resized() { this.current?.get('canvas').resized(); }

  // the diagram that an element is drawn in; one id may stand in several
  pathOf(id, first) {
    const paths = [first, ...this.draft.paths('.bpmn').filter((path) => path !== first)];
    return paths.find((path) => this.draft.read(path)?.includes(`id="${id}"`));
  }

  // a change that helps, made as if by hand: it can be undone, and what stands then is checked
  async mend({ path }, fix) {
    const diagram = await this.show(this.pathOf(fix.element_id, path));
    const id = applyFix(diagram, fix);
    if (id) diagram.lead(id);
    return id;
  }

  // what is drawn goes into the draft and to the server before another page is opened
  async settle() {
    await Promise.all([...this.open.values()].map((diagram) => (diagram.get('commandStack')._stackIdx >= 0 ? diagram.write() : undefined)));
    await this.draft.save();
    return this.draft.state === 'saved';
  }

  async leave(kind, path) {
    if (await this.settle() || !this.draft.mayEdit) window.location.assign(pageOf(kind, path));
    else note(say('还没有保存，先不离开这一页。'));
  }

  async newForm(element) {
    const path = makeForm(this.draft, element);
    await this.leave('form', path);
  }
}
