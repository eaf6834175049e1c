import { findCopy, forgetCopy, keepCopy } from './local_copy.js';
import { call, Refusal } from './server.js';

const QUIET = 1200; // ms without a change before it is sent
const AGAIN = 10_000; // ms before a lost line is tried again

// The files of one draft, as the page has them. Says `change` (detail: path) and `state`.
// States: saved · unsaved · saving · offline · conflict · refused.
export class Draft extends EventTarget {
  constructor({ id, process, name, based_on: basedOn, revision, files, may_edit: mayEdit, updated_by: updatedBy }) {
    super();
    Object.assign(this, { id, process, name, basedOn, revision, mayEdit, updatedBy });
    this.files = new Map(Object.entries(files));
    this.changed = new Map(); // path → text, or null for a file that is taken away
    this.state = 'saved';
    this.timer = 0;
    this.sending = null;
    window.addEventListener('online', () => this.save());
    window.addEventListener('beforeunload', (event) => { if (this.changed.size) event.preventDefault(); });
  }

  paths(ending) { return [...this.files.keys()].filter((path) => path.endsWith(ending)).sort(); }

  read(path) { return this.files.get(path); }

  write(path, text) {
    if (!this.mayEdit || this.files.get(path) === text) return;
    this.files.set(path, text);
    this.note(path, text);
  }

  remove(path) {
    if (!this.mayEdit || !this.files.delete(path)) return;
    this.note(path, null);
  }

  note(path, text) {
    this.changed.set(path, text);
    keepCopy({ id: this.id, revision: this.revision, files: Object.fromEntries(this.changed) });
    this.dispatchEvent(new CustomEvent('change', { detail: path }));
    if (this.state === 'conflict') return;
    this.enter(this.state === 'offline' ? 'offline' : 'unsaved');
    this.later(QUIET);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  enter(state, reason) {
    this.state = state;
    this.reason = reason;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }

  // one after the other; resolves when the server has everything or has said no
  async save() {
    clearTimeout(this.timer);
    if (this.sending) {
      await this.sending;
      return this.save();
    }
    if (!this.changed.size || this.state === 'conflict') return undefined;
    this.sending = this.send().finally(() => { this.sending = null; });
    return this.sending;
  }

  async send() {
    const sent = new Map(this.changed);
    this.enter('saving');
    try {
      const body = { revision: this.revision, files: Object.fromEntries(sent) };
      this.revision = (await call('PUT', `/drafts/${this.id}/files`, body)).revision;
    } catch (reason) {
      this.fail(reason);
      return;
    }
    sent.forEach((text, path) => { if (this.changed.get(path) === text) this.changed.delete(path); });
    if (this.changed.size) { // somebody went on typing
      keepCopy({ id: this.id, revision: this.revision, files: Object.fromEntries(this.changed) });
      this.enter('unsaved');
      this.later(QUIET);
      return;
    }
    forgetCopy(this.id);
    this.enter('saved');
  }

  fail(reason) {
    if (!(reason instanceof Refusal) || reason.status >= 500 || reason.status === 429) {
      this.enter('offline');
      this.later(AGAIN);
    } else if (reason.status === 409 && reason.problem.revision) {
      this.enter('conflict', reason.problem);
    } else {
      this.enter('refused', reason.problem);
    }
  }

  // what an earlier window could not send: back into the files, and sent again
  async recover() {
    const copy = this.mayEdit ? await findCopy(this.id) : undefined;
    if (!copy) return false;
    for (const [path, text] of Object.entries(copy.files)) {
      if (text === null) this.files.delete(path);
      else this.files.set(path, text);
      this.changed.set(path, text);
    }
    if (copy.revision === this.revision) this.later(0);
    else this.enter('conflict', { revision: this.revision, saved_by: this.updatedBy });
    return true;
  }

  // mine is forgotten; the page is loaded again
  async takeTheirs() {
    this.changed.clear();
    await forgetCopy(this.id);
  }

  // a draft of its own with the same origin and my files; gives its id
  async keepMineAsCopy() {
    const origin = this.basedOn ? { process: this.process, version: this.basedOn.version } : { name: this.name };
    const { id } = await call('POST', '/drafts', origin);
    const { files, revision } = await call('GET', `/drafts/${id}`);
    const gone = Object.keys(files).filter((path) => !this.files.has(path));
    const mine = Object.fromEntries([...this.files].filter(([path, text]) => files[path] !== text));
    await call('PUT', `/drafts/${id}/files`, { revision, files: { ...mine, ...Object.fromEntries(gone.map((path) => [path, null])) } });
    await this.takeTheirs();
    return id;
  }
}
