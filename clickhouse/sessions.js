'use strict';

const { ClickHouseError } = require('./errors.js');

const DEFAULT_SECONDS = 60;
const MAX_SECONDS = 3600;

/** Connections that clients keep under a session_id: temporary tables and settings live in them. */
class Sessions {
  #engine;
  #byId = new Map();

  constructor(engine) {
    this.#engine = engine;
  }

  /** Runs a task on the session's connection, or on one of its own when no session is named. */
  async within(parameters, task) {
    const id = parameters.get('session_id');
    if (!id) {
      const connection = this.#engine.connect();
      try {
        return await task(connection);
      } finally {
        connection.close();
      }
    }
    const session = this.#enter(id, parameters);
    try {
      return await task(session.connection);
    } finally {
      this.#leave(id, session, parameters);
    }
  }

  #enter(id, parameters) {
    let session = this.#byId.get(id);
    if (session === undefined) {
      if (parameters.get('session_check') === '1') {
        throw new ClickHouseError(372, 'SESSION_NOT_FOUND', `Session ${id} not found`);
      }
      session = { connection: this.#engine.connect(), isBusy: false, end: undefined };
      this.#byId.set(id, session);
    }
    if (session.isBusy) {
      throw new ClickHouseError(373, 'SESSION_IS_LOCKED', `Session ${id} is locked by a concurrent client`);
    }
    clearTimeout(session.end);
    session.isBusy = true;
    return session;
  }

  #leave(id, session, parameters) {
    session.isBusy = false;
    const asked = Number(parameters.get('session_timeout') ?? DEFAULT_SECONDS);
    const seconds = asked > 0 ? Math.min(asked, MAX_SECONDS) : DEFAULT_SECONDS;
    session.end = setTimeout(() => {
      this.#byId.delete(id);
      session.connection.close();
    }, seconds * 1000);
    session.end.unref();
  }
}

module.exports = { Sessions };
