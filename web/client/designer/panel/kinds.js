import { getBusinessObject, is, isAny } from 'bpmn-js/lib/util/ModelUtil';
import { extension } from './settings.js';

const definitions = (element) => getBusinessObject(element).get('eventDefinitions') ?? [];
export const hasEvent = (element, type) => isAny(element, ['bpmn:Event']) && definitions(element).some(({ $type }) => $type === type);

const CATCHES = ['bpmn:IntermediateCatchEvent', 'bpmn:BoundaryEvent', 'bpmn:StartEvent'];

// what people may start: a message event that waits, with a form
export function isOffered(element) {
  return isAny(element, CATCHES) && hasEvent(element, 'bpmn:MessageEventDefinition')
    && Boolean(extension(element, 'zeebe:FormDefinition') || extension(element, 'zeebe:AssignmentDefinition'));
}

// what could carry a form: also a message event that does not yet
export function takesForm(element) {
  if (is(element, 'bpmn:UserTask')) return true;
  if (isAny(element, CATCHES) && hasEvent(element, 'bpmn:MessageEventDefinition')) return true;
  const owner = getBusinessObject(element);
  return is(element, 'bpmn:StartEvent') && !definitions(element).length && owner.$parent?.$type === 'bpmn:Process';
}

export const takesClock = (element) => is(element, 'bpmn:UserTask') || hasEvent(element, 'bpmn:TimerEventDefinition');

// whether it calls a service: a throwing message event may do so as well
export function takesService(element) {
  if (isAny(element, ['bpmn:ServiceTask', 'bpmn:SendTask'])) return true;
  return isAny(element, ['bpmn:EndEvent', 'bpmn:IntermediateThrowEvent']) && hasEvent(element, 'bpmn:MessageEventDefinition');
}
