import { say } from './words.js';

// What the pages draw (docs/forms.md), and fields that are ready for what the city asks most often.
const NOT_DRAWN = ['iframe', 'html', 'button'];
const READY = [
  ['person_name', 'textfield', () => say('姓名'), { validate: { required: true, maxLength: 30 } }],
  ['id_number', 'textfield', () => say('身份证号'), { properties: { widget: 'id_number' } }],
  ['phone', 'textfield', () => say('手机号'), { properties: { widget: 'phone' } }],
  ['uscc', 'textfield', () => say('统一社会信用代码'), { properties: { widget: 'uscc' } }],
  ['money', 'number', () => say('金额（元）'), { decimalDigits: 2, properties: { widget: 'money' } }],
  ['person', 'select', () => say('选择人员'), { properties: { widget: 'person' } }],
  ['signature', 'checkbox', () => say('确认签名'), { validate: { required: true }, properties: { widget: 'signature' } }],
];

class CityPalette {
  constructor(formFields) {
    const known = formFields._formFields;
    for (const type of NOT_DRAWN) delete known[type];
    const ready = Object.fromEntries(READY.map(([type, kind, label, given]) => [type, prepared(formFields.get(kind), { type, kind, label: label(), given })]));
    formFields._formFields = { ...ready, ...known };
  }
}

CityPalette.$inject = ['formFields'];

// underneath it is an ordinary field: the file has nothing of its own
function prepared(plain, { type, kind, label, given }) {
  const field = (properties) => plain(properties);
  const create = (options, isNew) => ({ ...plain.config.create({ ...given, ...options, label }, isNew), type: kind });
  field.config = { ...plain.config, type, name: label, label, create };
  return field;
}

export default { __init__: ['cityPalette'], cityPalette: ['type', CityPalette] };
