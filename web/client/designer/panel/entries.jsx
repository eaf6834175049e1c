/** @jsxImportSource @bpmn-io/properties-panel/preact */
import {
  FeelEntry, SelectEntry, TextAreaEntry, TextFieldEntry,
  isFeelEntryEdited, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited,
} from '@bpmn-io/properties-panel';
import { useEffect, useState } from '@bpmn-io/properties-panel/preact/hooks';
import { useService } from 'bpmn-js-properties-panel';
import { say } from '../words.js';
import { Edit, extension, property } from './settings.js';

// Entries over one property or one attribute of a setting. `read` and `write(edit, value)` say where the value stands.
export const ofProperty = (name) => ({
  read: (element) => property(element, name),
  write: (edit, value) => edit.property(name, value),
});

export const ofAttribute = (type, name) => ({
  read: (element) => extension(element, type)?.get(name) ?? '',
  write: (edit, value) => edit.attributes(type, { [name]: value || undefined }),
});

function useCommon({ element, id, label, description, place }) {
  const [injector, debounce, translate] = ['injector', 'debounceInput', 'translate'].map((name) => useService(name));
  return {
    element, id, debounce, translate, label,
    description: typeof description === 'function' ? description(element) : description,
    getValue: () => place.read(element),
    setValue: (value) => {
      const edit = new Edit(injector, element);
      place.write(edit, value);
      edit.done();
    },
  };
}

function Choice(props) {
  const none = { value: '', label: props.none ?? say('（无）') };
  const getOptions = () => {
    const known = [none, ...props.options(props.element)];
    const now = props.place.read(props.element);
    // what is written stays, known or not
    return known.some(({ value }) => value === now) ? known : [...known, { value: now, label: say('{id}（未知）', { id: now }) }];
  };
  const { description, ...common } = useCommon(props);
  return (
    <>
      <SelectEntry {...common} getOptions={getOptions} />
      {description && <p class="panel-note">{description}</p>}
      {props.more && <props.more element={props.element} value={props.place.read(props.element)} />}
    </>
  );
}

function Words(props) {
  return <TextFieldEntry {...useCommon(props)} />;
}

// what may be named, offered while somebody types
function useNames(element) {
  const resolver = useService('variableResolver');
  const [names, setNames] = useState([]);
  useEffect(() => {
    let isGone = false;
    resolver.getVariablesForElement(element.businessObject).then((found) => { if (!isGone) setNames(found); });
    return () => { isGone = true; };
  }, [element]);
  return names;
}

function Lines(props) {
  return <TextAreaEntry {...useCommon(props)} rows={2} autoResize />;
}

function Feel(props) {
  return <FeelEntry {...useCommon(props)} variables={useNames(props.element)} feel="required" />;
}

const entry = (component, isEdited) => (given) => ({ ...given, component, isEdited });
export const choice = entry(Choice, isSelectEntryEdited);
export const words = entry(Words, isTextFieldEntryEdited);
export const lines = entry(Lines, isTextAreaEntryEdited);
export const feel = entry(Feel, isFeelEntryEdited);

export const yesNo = (id, label, description, answers) => choice({
  id, label, description, place: ofProperty(id), none: say('按一般规则'), options: () => answers,
});
