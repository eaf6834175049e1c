/** @jsxImportSource @bpmn-io/properties-panel/preact */
import { Group } from '@bpmn-io/properties-panel';
import { formsOf } from '../bundle.js';
import { say } from '../words.js';
import { choice, ofAttribute } from './entries.jsx';
import { takesForm } from './kinds.js';

const place = ofAttribute('zeebe:FormDefinition', 'formId');

export function formGroup(element, draft, go) {
  if (!takesForm(element)) return null;
  const More = ({ value }) => (
    <p class="panel-acts">
      {value && draft.read(`forms/${value}.form`) !== undefined
        && <button type="button" class="btn btn-sm" onClick={() => go.form(`forms/${value}.form`)}>{say('打开表单')}</button>}
      {draft.mayEdit && <button type="button" class="btn btn-sm" onClick={() => go.newForm(element)}>{say('新建表单')}</button>}
    </p>
  );
  const entry = choice({
    id: 'formId', label: say('填写的表单'), place, more: More,
    options: () => formsOf(draft).map(({ id, title }) => ({ value: id, label: title === id ? id : `${title}（${id}）` })),
  });
  return { id: 'city-form', label: say('表单'), component: Group, shouldOpen: true, entries: [entry] };
}
