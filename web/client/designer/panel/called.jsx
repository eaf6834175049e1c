/** @jsxImportSource @bpmn-io/properties-panel/preact */
import { is } from 'bpmn-js/lib/util/ModelUtil';
import { decisionsOf, diagramsOf } from '../bundle.js';
import { say } from '../words.js';
import { choice, ofAttribute } from './entries.jsx';

const open = (find, go) => ({ value }) => {
  const path = find(value);
  return path ? <p class="panel-acts"><button type="button" class="btn btn-sm" onClick={() => go(path)}>{say('打开')}</button></p> : null;
};

// The decision or the process that an element names is one of this draft.
export function calledEntry(element, draft, go) {
  if (is(element, 'bpmn:BusinessRuleTask')) {
    const pathOf = (id) => decisionsOf(draft).find((one) => one.id === id)?.path;
    return choice({
      id: 'decisionId', label: say('决策'), place: ofAttribute('zeebe:CalledDecision', 'decisionId'), more: open(pathOf, go.table),
      options: () => decisionsOf(draft).map(({ id, name }) => ({ value: id, label: name === id ? id : `${name}（${id}）` })),
    });
  }
  const pathOf = (id) => diagramsOf(draft).find((one) => one.id === id)?.path;
  return choice({
    id: 'targetProcessId', label: say('调用的流程'), place: ofAttribute('zeebe:CalledElement', 'processId'), more: open(pathOf, go.diagram),
    options: () => diagramsOf(draft).map(({ id, name }) => ({ value: id, label: name === id ? id : `${name}（${id}）` })),
  });
}
