// Forms that were handed in and have not reached the server: kept on this device until they have, or until logout.
const NAME = 'tongban-unsent';
const STORE = 'forms';
const KEPT_FOR = 14 * 24 * 3600 * 1000; // ms

function opened() {
  return new Promise((resolve, reject) => {
    if (!window.indexedDB) { reject(new Error('no IndexedDB')); return; }
    const asked = window.indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'id' });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function inStore(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const work = database.transaction(STORE, mode);
      const asked = act(work.objectStore(STORE));
      work.oncomplete = () => resolve(asked.result);
      work.onerror = work.onabort = () => reject(work.error);
    });
  } finally {
    database.close();
  }
}

export const keep = (entry) => inStore('readwrite', (store) => store.put({ ...entry, at: Date.now() }));
export const drop = (id) => inStore('readwrite', (store) => store.delete(id));
export const dropAll = () => inStore('readwrite', (store) => store.clear());

// those of one person, the oldest first; what is too old is forgotten
export async function unsentOf(person) {
  const all = await inStore('readonly', (store) => store.getAll());
  const old = all.filter((entry) => Date.now() - entry.at > KEPT_FOR);
  for (const entry of old) await drop(entry.id);
  return all.filter((entry) => entry.person === person && !old.includes(entry)).sort((a, b) => a.at - b.at);
}
