// What is signed, sealed and hashed, as docs/ballot-format.md writes it.
import { canonical } from './canonical.js';
import { joined, sha256, toHex, utf8 } from './bytes.js';

export const PARTS = ['key', 'token', 'sealed', 'proof'];

export const sealInfo = (ballot, key) => joined(utf8(`tongban-ballot/1 choice\0${ballot}\0`), key);
export const proofMessage = (ballot, sealed) => joined(utf8(`tongban-ballot/1 proof\0${ballot}\0`), sealed);
export const receiptMessage = (ballot, entry) => utf8(`tongban-ballot/1 receipt\0${ballot}\0${entry}`);

export async function numberOf(key) {
  return toHex(await sha256(key));
}

export async function entryOf(paper) {
  const leaf = Object.fromEntries(PARTS.map((part) => [part, paper[part]]));
  return toHex(await sha256(joined(Uint8Array.of(0), utf8(canonical(leaf)))));
}

// JSON, filled up with spaces: no choice tells by its length.
export function writtenChoice(ballot, answers) {
  const written = utf8(canonical(answers));
  if (written.length > ballot.choice_size) throw new RangeError('a choice that is too long');
  return joined(written, new Uint8Array(ballot.choice_size - written.length).fill(0x20));
}
