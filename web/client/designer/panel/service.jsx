/** @jsxImportSource @bpmn-io/properties-panel/preact */
import { Group } from '@bpmn-io/properties-panel';
import { isEnglish } from '../served.js';
import { kit } from '../kit.js';
import { named, say } from '../words.js';
import { choice } from './entries.jsx';
import { takesService } from './kinds.js';
import { extension } from './settings.js';

const explained = (thing) => (isEnglish && thing.documentation_en) || thing.documentation;
const typeOf = (element) => extension(element, 'zeebe:TaskDefinition')?.get('type') ?? '';
const serviceOf = (element) => kit.services.find(({ type }) => type === typeOf(element));

// A chosen service brings its inputs and outputs along; mappings that are there stay.
function write(edit, type) {
  edit.attributes('zeebe:TaskDefinition', { type: type || undefined });
  const service = kit.services.find((one) => one.type === type);
  if (!service || !(service.inputs.length + service.outputs.length)) return;
  const mapping = edit.ensured('zeebe:IoMapping');
  const fill = (list, kind, slots, slotOf, valuesOf) => {
    const known = edit.now(mapping, list) ?? [];
    const fresh = slots.filter(({ name }) => !known.some((one) => slotOf(one) === name))
      .map(({ name }) => edit.make(kind, valuesOf(name), mapping));
    if (fresh.length) edit.set(mapping, { [list]: [...known, ...fresh] });
  };
  fill('inputParameters', 'zeebe:Input', service.inputs, (one) => one.target, (name) => ({ source: `= ${name}`, target: name }));
  fill('outputParameters', 'zeebe:Output', service.outputs, (one) => one.source?.replace(/^=\s*/, ''), (name) => ({ source: `= ${name}`, target: name }));
}

function Explained({ element }) {
  const service = serviceOf(element);
  if (!service) return null;
  const slots = (title, list) => list.length > 0 && (
    <>
      <dt>{title}</dt>
      {list.map((slot) => <dd key={slot.name}><code>{slot.name}</code> {explained(slot)}</dd>)}
    </>
  );
  return <dl class="panel-slots">{slots(say('输入'), service.inputs)}{slots(say('输出'), service.outputs)}</dl>;
}

export function serviceGroup(element) {
  if (!takesService(element)) return null;
  const entry = choice({
    id: 'service', label: say('调用的服务'), place: { read: typeOf, write }, more: Explained,
    description: () => serviceOf(element) && explained(serviceOf(element)),
    options: () => kit.services.map((service) => ({ value: service.type, label: service.name === service.type ? service.type : `${named(service)}（${service.type}）` })),
  });
  return { id: 'city-service', label: say('服务'), component: Group, shouldOpen: true, entries: [entry] };
}
