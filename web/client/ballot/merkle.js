// The tree of RFC 6962 over the entries of a board; hashes are hex.
import { fromHex, joined, sha256, toHex } from './bytes.js';

const node = async (left, right) => toHex(await sha256(joined(Uint8Array.of(1), fromHex(left), fromHex(right))));

export async function rootOf(entries) {
  if (!entries.length) return toHex(await sha256(new Uint8Array()));
  let level = entries;
  while (level.length > 1) level = await above(level);
  return level[0];
}

// The neighbours on the way from one entry to the root, each with its side.
export async function proofOf(entries, place) {
  const path = [];
  let [level, at] = [entries, place];
  while (level.length > 1) {
    const other = at ^ 1;
    if (other < level.length) path.push({ hash: level[other], isLeft: other < at });
    level = await above(level);
    at >>= 1;
  }
  return path;
}

export async function rootBy(entry, path) {
  let reached = entry;
  for (const { hash, isLeft } of path) reached = await (isLeft ? node(hash, reached) : node(reached, hash));
  return reached;
}

async function above(level) {
  const pairs = [];
  for (let at = 0; at + 1 < level.length; at += 2) pairs.push(node(level[at], level[at + 1]));
  const nodes = await Promise.all(pairs);
  return level.length % 2 ? [...nodes, level[level.length - 1]] : nodes;
}
