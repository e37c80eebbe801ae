'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { takenApart } = require('./insert.js');
const { quoted } = require('./statement.js');

/**
 * The engine over one data folder, of which a process can have one. A connection costs a fraction
 * of a millisecond and has settings, parameters and a current database of its own.
 */
class Engine {
  #native;
  #folder;
  /** Keeps the engine up while nobody is connected. */
  #anchor;
  #incoming;

  /** Keeps its tables in `folder`/data; what is being inserted passes through `folder`/incoming. */
  constructor(folder) {
    fs.mkdirSync(path.join(folder, 'data'), { recursive: true });
    this.#folder = fs.realpathSync(path.join(folder, 'data'));
    this.#incoming = path.join(fs.realpathSync(folder), 'incoming');
    fs.rmSync(this.#incoming, { recursive: true, force: true });
    fs.mkdirSync(this.#incoming);
    this.#native = loadNative();
    this.#anchor = this.#native.CreateConnection(this.#folder);
    this.version = this.#native.EngineVersion().replaceAll('"', '').trim();
  }

  connect() {
    return new Connection(this.#native, this.#native.CreateConnection(this.#folder), this.#incoming);
  }
}

/** One query at a time; to be closed when none runs. */
class Connection {
  #native;
  #handle;
  #incoming;

  constructor(native, handle, incoming) {
    this.#native = native;
    this.#handle = handle;
    this.#incoming = incoming;
  }

  /** Answers with the result's bytes, whole, and what was read. */
  query(sql, format) {
    return this.#native.QueryAsyncConnection(this.#handle, sql, format);
  }

  /** Runs an insert, given as bytes with its data; answers what was written. */
  async insert(statement) {
    const parts = takenApart(statement);
    if (parts === null) {
      return this.#write(statement);
    }
    const file = path.join(this.#incoming, crypto.randomUUID());
    try {
      await fs.promises.writeFile(file, parts.data);
      const from = ` FROM INFILE ${quoted(file)} COMPRESSION 'none' `;
      return await this.#write(Buffer.from(parts.before + from + parts.after));
    } finally {
      await fs.promises.rm(file, { force: true });
    }
  }

  async #write(statement) {
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
