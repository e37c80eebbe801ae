'use strict';

const { ClickHouseError } = require('./errors.js');

/** Lets so many tasks run at once and so many wait; the next is refused, as a busy server does. */
class Gate {
  #free;
  #places;
  #waiting = [];
  #running = new Set();
  #isClosed = false;

  constructor(atOnce, places) {
    this.#free = atOnce;
    this.#places = places;
  }

  /** Runs it when its turn comes; answers what it does. */
  async run(task) {
    await this.#enter();
    const done = Promise.resolve().then(task);
    this.#running.add(done);
    try {
      return await done;
    } finally {
      this.#running.delete(done);
      this.#leave();
    }
  }

  /** Refuses whatever waits or comes; settles when nothing runs any more. */
  async close() {
    this.#isClosed = true;
    this.#waiting.splice(0).forEach((waiter) => waiter.refuse(shuttingDown()));
    while (this.#running.size > 0) {
      await Promise.allSettled(this.#running);
    }
  }

  #enter() {
    if (this.#isClosed) {
      return Promise.reject(shuttingDown());
    }
    if (this.#free > 0) {
      this.#free--;
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
    if (next === undefined) {
      this.#free++;
    } else {
      next.admit();
    }
  }
}

function shuttingDown() {
  return new ClickHouseError(236, 'ABORTED', 'the server is shutting down');
}

module.exports = { Gate };
