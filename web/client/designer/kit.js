import { call } from './server.js';

// What may be chosen; empty until it has come, and when it does not come.
export const kit = { groups: [], roles: [], services: [], rules: [], forms: [], decisions: [] };

export async function fetchKit() {
  try {
    Object.assign(kit, await call('GET', '/designer/kit'));
  } catch (reason) {
    console.error(reason);
  }
}
