// What the server does not have yet stays in this browser, so that neither a lost line nor a closed window loses it.
const NAME = 'tongban-drafts';

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('copies', { keyPath: 'id' });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function inStore(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const step = database.transaction('copies', mode);
      const asked = act(step.objectStore('copies'));
      step.oncomplete = () => resolve(asked.result);
      step.onabort = () => reject(step.error);
    });
  } finally {
    database.close();
  }
}

// false when the browser keeps nothing (private windows, full disks): then only the page has it
export const keepCopy = (copy) => inStore('readwrite', (store) => store.put(copy)).then(() => true, () => false);
export const findCopy = (id) => inStore('readonly', (store) => store.get(id)).catch(() => undefined);
export const forgetCopy = (id) => inStore('readwrite', (store) => store.delete(id)).catch(() => undefined);
