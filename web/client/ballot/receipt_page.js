// The page of the receipt; after the count it also finds the paper on the board.
import { BallotPage } from './ballot_page.js';
import { Finder } from './finder.js';

export class ReceiptPage extends BallotPage {
  acts() {
    const place = this.root.querySelector('[data-finder]');
    const finder = place && new Finder(place, this.ballot, () => this.kept.read().receipt);
    return { ...super.acts(), ...(finder ? { find: () => finder.find() } : {}) };
  }

  showStage(stage) {
    this.show(stage === 'nothing' ? 'nothing' : 'ticket');
  }
}
