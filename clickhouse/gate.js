'use strict';

const { ClickHouseError } = require('./errors.js');

/** Lets so many tasks run at once and so many wait; the next is refused, as a busy server does. */
class Gate {
  #atOnce;
  #places;
  #running = 0;
  #waiting = [];
  #isClosed = false;
  #whenIdle = () => {};

  constructor(atOnce, places) {
    this.#atOnce = atOnce;
    this.#places = places;
  }

  /** Runs it when its turn comes; answers what it does. */
  async run(task) {
    await this.#enter();
    try {
      return await task();
    } finally {
      this.#leave();
    }
  }

  /** Refuses whatever waits or comes; settles when nothing runs any more. */
  async close() {
    this.#isClosed = true;
    this.#waiting.splice(0).forEach((waiter) => waiter.refuse(shuttingDown()));
    if (this.#running > 0) {
      await new Promise((idle) => (this.#whenIdle = idle));
    }
  }

  #enter() {
    if (this.#isClosed) {
      return Promise.reject(shuttingDown());
    }
    if (this.#running < this.#atOnce) {
      this.#running++;
      return Promise.resolve();
    }
    if (this.#waiting.length >= this.#places) {
      return Promise.reject(
        new ClickHouseError(
          202,
          'TOO_MANY_SIMULTANEOUS_QUERIES',
          `${this.#places} queries wait already: send fewer at once, or this one again later`,
        ),
      );
    }
    return new Promise((admit, refuse) => this.#waiting.push({ admit, refuse }));
  }

  #leave() {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next.admit();
    } else if (--this.#running === 0) {
      this.#whenIdle();
    }
  }
}

function shuttingDown() {
  return new ClickHouseError(236, 'ABORTED', 'the server is shutting down');
}

module.exports = { Gate };
