import { getBusinessObject } from 'bpmn-js/lib/util/ModelUtil';

// A new form for a step: named after it, or as wanted, with its heading and one field. Gives the path.
export function makeForm(draft, element, wanted) {
  const { id, name } = getBusinessObject(element);
  let form = wanted ?? id.toLowerCase();
  for (let n = 2; draft.read(`forms/${form}.form`) !== undefined; n += 1) form = `${wanted ?? id.toLowerCase()}_${n}`;
  const components = [
    { type: 'text', id: 'heading', text: `# ${name || form}` },
    { type: 'textarea', id: 'opinion_field', key: `${form}_opinion`, label: '意见', properties: { label_en: 'Opinion' }, validate: { required: true, maxLength: 500 } },
  ];
  const path = `forms/${form}.form`;
  draft.write(path, `${JSON.stringify({ id: form, type: 'default', schemaVersion: 19, components }, null, 2)}\n`);
  return path;
}
