// What stands in the files of a draft, without a model of them: ids, names, titles.
const parser = new DOMParser();
const read = new WeakMap(); // draft → Map(path → { text, found })

function kept(draft, path, find) {
  if (!read.has(draft)) read.set(draft, new Map());
  const text = draft.read(path);
  const known = read.get(draft).get(path);
  if (known?.text === text) return known.found;
  const found = find(text, path);
  read.get(draft).set(path, { text, found });
  return found;
}

const named = (element) => ({ id: element.getAttribute('id'), name: element.getAttribute('name') || element.getAttribute('id') });
const all = (document, tag) => [...document.getElementsByTagNameNS('*', tag)];

function readDiagram(text, path) {
  const document = parser.parseFromString(text, 'text/xml');
  const process = all(document, 'process').find((one) => one.getAttribute('isExecutable') === 'true') || all(document, 'process')[0];
  return {
    path,
    ...(process ? named(process) : { id: '', name: path }),
    calls: all(document, 'calledElement').map((one) => one.getAttribute('processId')),
    tasks: all(document, 'userTask').map(named),
    roles: rolesIn(document),
  };
}

// `role=group, …` of the process
function rolesIn(document) {
  const written = all(document, 'property').find((one) => one.getAttribute('name') === 'party_roles')?.getAttribute('value') ?? '';
  return written.split(',').map((pair) => pair.split('=')[0].trim()).filter(Boolean);
}

// the main diagram first: the one that no other calls
export function diagramsOf(draft) {
  const found = draft.paths('.bpmn').map((path) => kept(draft, path, readDiagram));
  const called = new Set(found.flatMap(({ calls }) => calls));
  return [...found.filter(({ id }) => !called.has(id)), ...found.filter(({ id }) => called.has(id))];
}

export const tasksOf = (draft) => diagramsOf(draft).flatMap(({ tasks }) => tasks);

export function decisionsOf(draft) {
  const find = (text, path) => all(parser.parseFromString(text, 'text/xml'), 'decision').map((one) => ({ ...named(one), path }));
  return draft.paths('.dmn').flatMap((path) => kept(draft, path, find));
}

function titleOf(text) {
  try {
    const heading = JSON.parse(text).components.find((one) => one.type === 'text' && one.text?.startsWith('#'));
    return heading?.text.replace(/^#+\s*/, '').split('\n')[0].slice(0, 80);
  } catch {
    return undefined;
  }
}

export function formsOf(draft) {
  return draft.paths('.form').map((path) => {
    const id = path.replace(/^forms\/|\.form$/g, '');
    return { id, path, title: kept(draft, path, titleOf) || id };
  });
}
