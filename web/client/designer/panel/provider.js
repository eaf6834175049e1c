import { is, isAny } from 'bpmn-js/lib/util/ModelUtil';
import { say } from '../words.js';
import { calledEntry } from './called.jsx';
import { clockGroup } from './clock.js';
import { lines, ofProperty, words } from './entries.jsx';
import { formGroup } from './form.jsx';
import { peopleGroup } from './people.js';
import { serviceGroup } from './service.jsx';

// What the ready-made panel offers beyond what the engine executes.
const NOT_OURS = new Set([
  'form', 'taskDefinition', 'headers', 'userTaskImplementation', 'scriptImplementation', 'businessRuleImplementation',
  'Zeebe__ExecutionListeners', 'Zeebe__TaskListeners', 'adHocSubProcessImplementation', 'adHocCompletion', 'activeElements', 'outputCollection', 'businessRule',
]);
const NO_ENTRY = new Set([
  'versionTag', 'bindingType', 'isStartableInTasklist', 'jobPriority', 'taskDefinitionRetries', 'retries', 'candidateStarterGroups', 'variableEvents',
  'assignmentDefinitionCandidateGroups', 'decisionId', 'targetProcessId', 'templateId',
]);
const CALLS = { calledDecision: 'bpmn:BusinessRuleTask', calledElement: 'bpmn:CallActivity' };

export class CityPanel {
  constructor(propertiesPanel, draft, go) {
    Object.assign(this, { draft, go });
    propertiesPanel.registerProvider(200, this); // after the ready-made ones
  }

  getGroups(element) {
    return (groups) => {
      const assignment = groups.find(({ id }) => id === 'assignmentDefinition');
      const kept = groups.filter(({ id }) => !NOT_OURS.has(id) && id !== 'assignmentDefinition').map(withoutOthers);
      this.addCalled(kept, element);
      addEnglishName(kept, element);
      addEnglishHelp(kept, element);
      const standing = assignment ? withoutOthers(assignment).entries : [];
      const own = [
        formGroup(element, this.draft, this.go),
        peopleGroup(element, this.draft, standing),
        clockGroup(element),
        serviceGroup(element),
      ].filter(Boolean);
      const at = kept.findIndex(({ id }) => id === 'documentation') + 1 || 1;
      return [...kept.slice(0, at), ...own, ...kept.slice(at)];
    };
  }

  addCalled(groups, element) {
    const group = groups.find(({ id }) => CALLS[id] && is(element, CALLS[id]));
    if (group) group.entries = [calledEntry(element, this.draft, this.go), ...group.entries];
  }
}

CityPanel.$inject = ['propertiesPanel', 'config.draft', 'config.go'];

function withoutOthers(group) {
  if (!group.entries) return group;
  return { ...group, entries: group.entries.filter(({ id }) => !NO_ENTRY.has(id)) };
}

const NAMED = ['bpmn:FlowNode', 'bpmn:SequenceFlow', 'bpmn:Process'];

function addEnglishName(groups, element) {
  const general = groups.find(({ id }) => id === 'general');
  if (!general || !isAny(element, NAMED)) return;
  const isStage = is(element, 'bpmn:SubProcess') && element.parent && is(element.parent, 'bpmn:Process');
  const entry = words({ id: 'name_en', label: isStage ? say('阶段的英文名') : say('英文名'), place: ofProperty('name_en') });
  const at = general.entries.findIndex(({ id }) => id === 'name') + 1;
  general.entries = [...general.entries.slice(0, at), entry, ...general.entries.slice(at)];
  if (isStage) general.label = say('阶段');
}

const HELPED = ['bpmn:Activity', 'bpmn:Event', 'bpmn:Process'];

// what people read beside a form, on English pages
function addEnglishHelp(groups, element) {
  const group = groups.find(({ id }) => id === 'documentation');
  if (!group || !isAny(element, HELPED)) return;
  group.entries = [...group.entries, lines({ id: 'documentation_en', label: say('英文说明'), place: ofProperty('documentation_en') })];
}

export default { __init__: ['cityPanel'], cityPanel: ['type', CityPanel] };
