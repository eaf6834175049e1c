import { getBusinessObject } from 'bpmn-js/lib/util/ModelUtil';

// Settings of an element are extension elements; here they are read, and changed with one command each.
export function extension(element, type) {
  const values = getBusinessObject(element).get('extensionElements')?.get('values') ?? [];
  return values.find((value) => value.$type === type);
}

export function property(element, name) {
  return extension(element, 'zeebe:Properties')?.get('properties').find((one) => one.name === name)?.value ?? '';
}

// Collects what one edit changes, so that it is one step for undo.
export class Edit {
  constructor(injector, element) {
    this.element = element;
    this.factory = injector.get('bpmnFactory');
    this.stack = injector.get('commandStack');
    this.commands = [];
    this.written = new Map(); // what this edit has changed already: it is not in the model before it ends
  }

  now(moddleElement, name) {
    return this.written.get(moddleElement)?.[name] ?? moddleElement.get(name);
  }

  set(moddleElement, properties) {
    this.written.set(moddleElement, { ...this.written.get(moddleElement), ...properties });
    const context = { element: this.element, moddleElement, properties };
    this.commands.push({ cmd: 'element.updateModdleProperties', context });
    return this;
  }

  make(type, properties, parent) {
    const fresh = this.factory.create(type, properties);
    fresh.$parent = parent;
    return fresh;
  }

  extensions() {
    const owner = getBusinessObject(this.element);
    const known = this.now(owner, 'extensionElements');
    if (known) return known;
    const fresh = this.make('bpmn:ExtensionElements', { values: [] }, owner);
    this.set(owner, { extensionElements: fresh });
    return fresh;
  }

  ensured(type) {
    const all = this.extensions();
    const known = this.now(all, 'values').find((value) => value.$type === type);
    if (known) return known;
    const fresh = this.make(type, {}, all);
    this.set(all, { values: [...this.now(all, 'values'), fresh] });
    return fresh;
  }

  remove(type) {
    const all = getBusinessObject(this.element).get('extensionElements');
    if (!all) return this;
    return this.set(all, { values: this.now(all, 'values').filter((value) => value.$type !== type) });
  }

  // an extension with attributes; without any value it is taken away
  attributes(type, properties) {
    const target = this.ensured(type);
    this.set(target, properties);
    const own = { ...target, ...this.written.get(target) };
    const says = ([name, value]) => !/^\$|^bindingType$/.test(name) && value !== undefined && value !== '';
    return Object.entries(own).some(says) ? this : this.remove(type);
  }

  property(name, value) {
    const list = this.ensured('zeebe:Properties');
    const known = this.now(list, 'properties') ?? [];
    const at = known.findIndex((one) => one.name === name);
    if (at >= 0 && value) return this.set(known[at], { value });
    const others = known.filter((one) => one.name !== name);
    if (value) others.push(this.make('zeebe:Property', { name, value }, list));
    this.set(list, { properties: others });
    return others.length ? this : this.remove('zeebe:Properties');
  }

  done() {
    if (this.commands.length) this.stack.execute('properties-panel.multi-command-executor', this.commands);
  }
}
