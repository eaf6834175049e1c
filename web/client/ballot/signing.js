// Ed25519 by a library and not by the browser, because browsers of our floor (Chromium 87, iOS 14.5) have none.
import 'core-js/actual/object/has-own.js'; // the library calls it; Chromium has it from 93 on
import { ed25519 } from '@noble/curves/ed25519.js';

export const newSecret = () => ed25519.utils.randomSecretKey();
export const publicKey = (secret) => ed25519.getPublicKey(secret);
export const sign = (secret, message) => ed25519.sign(message, secret);

export function isSigned(key, message, signature) {
  try {
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}
