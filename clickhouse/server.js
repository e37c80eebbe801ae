'use strict';
// ClickHouse on this machine: node server.js FOLDER PORT [--with-parent | --temporary]
//
//   --with-parent  ends when its standard input does, that is with the process that started it
//   --temporary    the same, and deletes its folder then
//
// CLICKHOUSE_USER and CLICKHOUSE_PASSWORD in the environment make it ask for them.

const fs = require('node:fs');
const { Credentials } = require('./credentials.js');
const { Engine } = require('./engine.js');
const { Gate } = require('./gate.js');
const { Interface } = require('./interface.js');
const { parentIsGone } = require('./parent.js');
const { Sessions } = require('./sessions.js');

/** As many as Node has threads for native work; one more would wait in there, out of sight. */
const CONCURRENT_QUERIES = 4;
const WAITING_QUERIES = 100;
const LAST_ANSWERS_MS = 10_000;

function main() {
  const [folder, port, life] = process.argv.slice(2);
  if (folder === undefined || !/^[0-9]{1,5}$/.test(port) || !isLife(life)) {
    fail('usage: node server.js FOLDER PORT [--with-parent | --temporary]', 2);
  }
  // From the first moment on: the parent may end while this one starts.
  const parent = life === undefined ? new Promise(() => {}) : parentIsGone();
  const engine = new Engine(folder);
  const gate = new Gate(CONCURRENT_QUERIES, WAITING_QUERIES);
  const credentials = Credentials.of(process.env.CLICKHOUSE_USER, process.env.CLICKHOUSE_PASSWORD);
  const http = new Interface({ sessions: new Sessions(engine), gate, credentials }).server();
  http.on('error', (error) => {
    const isTaken = error.code === 'EADDRINUSE';
    fail(isTaken ? `port ${port} of this machine is in use` : error.message, 1);
  });
  http.listen(Number(port), 'localhost', () => {
    console.log(`ClickHouse ${engine.version} answers at port ${port}, data in ${folder}`);
  });

  let isTemporary = false;
  function leave() {
    if (isTemporary) {
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    // The engine's own end, at the process's exit, now and then hangs or crashes. What was answered
    // is in its files.
    process.kill(process.pid, 'SIGKILL');
  }
  async function end() {
    http.close();
    http.closeIdleConnections();
    setTimeout(leave, LAST_ANSWERS_MS);
    await gate.close();
    await allSent(http);
    leave();
  }
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  parent.then((isGone) => {
    isTemporary = isGone && life === '--temporary';
    return end();
  });
}

/** Settles when every answer has gone out. */
async function allSent(http) {
  const isOpen = () => new Promise((answer) => http.getConnections((_, count) => answer(count > 0)));
  while (await isOpen()) {
    http.closeIdleConnections();
    await new Promise((later) => setTimeout(later, 10));
  }
}

function isLife(word) {
  return word === undefined || word === '--with-parent' || word === '--temporary';
}

function fail(message, code) {
  console.error(message);
  process.exit(code);
}

main();
