// What a browser must have before a ticket may be asked for.

export function missing() {
  if (!window.isSecureContext || !window.crypto?.subtle) return 'insecure';
  if (typeof BigInt !== 'function' || typeof fetch !== 'function' || typeof TextEncoder !== 'function') return 'browser';
  return storageWorks() ? null : 'storage';
}

function storageWorks() {
  try {
    localStorage.setItem('tongban.probe', '1');
    localStorage.removeItem('tongban.probe');
    return true;
  } catch {
    return false;
  }
}
