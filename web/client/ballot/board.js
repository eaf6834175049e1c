// Finds one paper on the published board and checks, on this device, that it was counted as it was cast.
import { canonical } from './canonical.js';
import { fromBase64, sha256, toHex, utf8 } from './bytes.js';
import { entryOf } from './format.js';
import { proofOf, rootBy } from './merkle.js';
import { isSigned } from './signing.js';

// Throws when the text is no board.
export function readBoard(text) {
  const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line));
  const [head, papers, [listed, end]] = [lines[0], lines.slice(1, -2), lines.slice(-2)];
  if (head.format !== 'tongban-ballot/1' || !Array.isArray(listed.entries)) throw new TypeError('not a board');
  return { head, papers, entries: listed.entries, end };
}

// { place, paper, path, findings }: `findings` names what is wrong; empty means all is right.
export async function foundPaper(board, ballot, receipt) {
  const place = board.papers.findIndex((paper) => paper.number === receipt.number);
  const paper = board.papers[place];
  const findings = await wrongEnd(board, ballot);
  if (!paper) return { place, findings: [...findings, 'missing'] };
  const entry = await entryOf(paper);
  const listed = board.entries.indexOf(entry);
  if (receipt.entry && receipt.entry !== entry) findings.push('changed');
  if (listed < 0) return { place, paper, findings: [...findings, 'unlisted'] };
  const path = await proofOf(board.entries, listed);
  if ((await rootBy(entry, path)) !== board.end.root) findings.push('root');
  return { place, paper, path, findings };
}

async function wrongEnd({ head, entries, end }, ballot) {
  const { signature, ...unsigned } = end;
  const isGenuine = isSigned(fromBase64(end.public_key), utf8(canonical(unsigned)), fromBase64(signature));
  const checks = {
    ballot: head.ballot === ballot.id,
    key: end.public_key === ballot.receipt_key,
    signature: isGenuine,
    head: toHex(await sha256(utf8(canonical(head)))) === end.head_sha256,
    size: end.size === entries.length,
  };
  return Object.keys(checks).filter((name) => !checks[name]);
}
