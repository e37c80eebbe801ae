'use strict';

const fs = require('node:fs');
const path = require('node:path');

/**
 * The engine over one data folder, of which a process can have one. A connection costs a fraction
 * of a millisecond and has settings, parameters and a current database of its own.
 */
class Engine {
  #native;
  #folder;
  /** Keeps the engine up while nobody is connected. */
  #anchor;

  constructor(folder) {
    fs.mkdirSync(folder, { recursive: true });
    this.#folder = fs.realpathSync(folder);
    this.#native = loadNative();
    this.#anchor = this.#native.CreateConnection(this.#folder);
    this.version = this.#native.EngineVersion().replaceAll('"', '').trim();
  }

  connect() {
    return new Connection(this.#native, this.#native.CreateConnection(this.#folder));
  }
}

/** One query at a time; to be closed when none runs. */
class Connection {
  #native;
  #handle;

  constructor(native, handle) {
    this.#native = native;
    this.#handle = handle;
  }

  /** Answers with the result's bytes, whole, and what was read. */
  query(sql, format) {
    return this.#native.QueryAsyncConnection(this.#handle, sql, format);
  }

  /** Runs a statement given as bytes, data and all, that answers nothing. */
  async insert(statement) {
    const written = await this.#native.InsertRawAsyncConnection(this.#handle, '', statement, false);
    return { ...written, bytes: Buffer.alloc(0) };
  }

  close() {
    this.#native.CloseConnection(this.#handle);
  }
}

/**
 * The package's own functions take inserts as bytes in a few text formats only; the library below
 * them takes all. The lock file holds its version.
 */
function loadNative() {
  const root = path.dirname(require.resolve('chdb'));
  return require(path.join(root, 'dist', 'loader.js')).loadNative();
}

module.exports = { Engine };
