// What bpmn-js would show of each file: steps and flows as bpmn-moddle reads them.
// Standard input: JSON list of paths. Standard output: JSON, for each path {seen, warnings}.
import { readFileSync } from 'node:fs';
import { BpmnModdle } from 'bpmn-moddle';

const moddle = new BpmnModdle();

function local(element) {
  return element.$type.slice('bpmn:'.length);
}

function seen(scope) {
  return (scope.flowElements || []).flatMap((element) => {
    if (element.$instanceOf('bpmn:SequenceFlow')) {
      const condition = element.conditionExpression;
      return [flow(element, scope, condition ? (condition.body || '').trim() : '')];
    }
    if (!element.$instanceOf('bpmn:FlowNode')) return [];
    return [step(element, scope), ...seen(element)];
  });
}

function step(element, scope) {
  const host = element.attachedToRef ? element.attachedToRef.id : '';
  return [element.id || '', type(element), element.name || '', scope.id, [host], element.default ? element.default.id : ''];
}

function flow(element, scope, condition) {
  const ends = [element.sourceRef, element.targetRef].map((end) => (end ? end.id : ''));
  return [element.id || '', 'sequenceFlow', element.name || '', scope.id, ends, condition];
}

function type(element) {
  return local(element)[0].toLowerCase() + local(element).slice(1);
}

const found = {};
for (const path of JSON.parse(readFileSync(0, 'utf8'))) {
  const { rootElement, warnings } = await moddle.fromXML(readFileSync(path, 'utf8'));
  const processes = rootElement.rootElements.filter((root) => root.$type === 'bpmn:Process');
  found[path] = { seen: processes.flatMap(seen), warnings: warnings.map((warning) => warning.message) };
}
process.stdout.write(JSON.stringify(found));
