const PAUSE = 900; // milliseconds between two acts

// Goes on by itself until there is no more or somebody stops it. `forward` answers whether something follows.
export class Playing {
  constructor(forward, turned) {
    Object.assign(this, { forward, turned, timer: 0 });
  }

  get isRunning() { return Boolean(this.timer); }

  toggle() {
    if (this.isRunning) this.stop();
    else this.start();
  }

  start() {
    this.timer = window.setInterval(() => this.go(), PAUSE);
    this.turned(true);
    this.go();
  }

  async go() {
    if (!await this.forward()) this.stop();
  }

  stop() {
    if (!this.isRunning) return;
    window.clearInterval(this.timer);
    this.timer = 0;
    this.turned(false);
  }
}
