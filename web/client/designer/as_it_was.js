// A diagram that nobody changed is written as it was read: what the modeller would add on its own stays out of the file.
export class AsItWas {
  constructor(eventBus) {
    let untold = []; // shapes of exclusive gateways that do not say whether their sign is shown
    eventBus.on('import.parse.complete', ({ definitions }) => {
      const planes = (definitions?.get('diagrams') ?? []).map((diagram) => diagram.get('plane'));
      const shapes = planes.flatMap((plane) => plane?.get('planeElement') ?? []);
      untold = shapes.filter((shape) => shape.bpmnElement?.$type === 'bpmn:ExclusiveGateway' && !Object.hasOwn(shape, 'isMarkerVisible'));
    });
    eventBus.on('saveXML.start', () => untold.forEach((shape) => { delete shape.isMarkerVisible; }));
    eventBus.on('saveXML.done', () => untold.forEach((shape) => { shape.isMarkerVisible = true; }));
  }
}

AsItWas.$inject = ['eventBus'];

export default {
  __init__: ['asItWas'],
  asItWas: ['type', AsItWas],
  bpmnDiOrdering: ['value', null], // the order of the shapes in the file says nothing: it stays
};
