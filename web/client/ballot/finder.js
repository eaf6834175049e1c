// Finds a paper on the board. The whole board is fetched, the same for everybody, so that nobody learns whose number it is.
import { Views } from './views.js';

const SHORTEST = 8; // hex digits of a number that are enough to look for

export class Finder extends Views {
  constructor(root, ballot, ownReceipt) {
    super(root);
    this.ballot = ballot;
    this.ownReceipt = ownReceipt;
    if (ownReceipt()) root.querySelector('[data-bring-receipt]').hidden = true;
  }

  async find() {
    this.note('found', 'searching');
    const receipt = await this.wanted();
    if (!receipt) return this.note('found', 'unclear');
    try {
      return await this.look(receipt);
    } catch {
      return this.note('found', 'unreadable');
    }
  }

  // What is looked for: the own receipt, one from a file, or a number that somebody types.
  async wanted() {
    const own = this.ownReceipt();
    if (own) return own;
    const [file] = this.root.querySelector('[data-find="file"]').files;
    if (file) return receiptIn(await file.text(), this.ballot);
    const typed = this.root.querySelector('[data-find="number"]').value.toLowerCase().replace(/\s/g, '');
    return new RegExp(`^[0-9a-f]{${SHORTEST},64}$`).test(typed) ? { number: typed } : null;
  }

  async look(receipt) {
    const [{ foundPaper, readBoard }, { isGenuineReceipt }] = await Promise.all([import('./board.js'), import('./vote.js')]);
    if (receipt.signature && !isGenuineReceipt(this.ballot, receipt)) return this.note('found', 'forged');
    const board = readBoard(await this.fetched());
    if (!receipt.entry && board.end.result.withheld) return this.note('found', 'nameless');
    const found = await foundPaper(board, this.ballot, whole(receipt, board));
    if (!found.paper) return this.note('found', 'missing');
    this.tell(found, board, receipt);
    // who has only the number cannot tell whether the paper is the one that was cast
    return this.note('found', found.findings.length ? 'wrong' : receipt.entry ? 'right' : 'counted');
  }

  async fetched() {
    const answer = await fetch(this.root.dataset.board, { credentials: 'same-origin', cache: 'no-store' });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.text();
  }

  tell({ place, paper, path = [], findings }, board, receipt) {
    this.root.querySelector('[data-proved-entry]').hidden = !receipt.entry;
    this.write('[data-place]', place + 1);
    this.write('[data-of]', board.papers.length);
    this.write('[data-wrong-parts]', findings.join(', '));
    this.write('[data-path]', path.map(({ hash, isLeft }) => `${isLeft ? '←' : '→'} ${hash}`).join('\n'));
    this.write('[data-root]', board.end.root);
    for (const motion of this.all('[data-choice]')) {
      const chosen = [paper.choice[motion.dataset.choice]].flat();
      for (const word of motion.children) word.hidden = !chosen.includes(word.dataset.answer);
    }
    for (const part of this.all('[data-found-choice], [data-found-proof]')) part.hidden = findings.length > 0;
  }
}

// A number that was typed in part stands for the only paper that begins so.
function whole(receipt, board) {
  const meant = board.papers.filter((paper) => paper.number.startsWith(receipt.number));
  return meant.length === 1 ? { ...receipt, number: meant[0].number } : receipt;
}

function receiptIn(text, ballot) {
  try {
    const { format, ballot: id, number, entry, signature } = JSON.parse(text);
    return format === 'tongban-receipt/1' && id === ballot.id ? { number, entry, signature } : null;
  } catch {
    return null;
  }
}
