'use strict';
// ClickHouse on this machine: node server.js FOLDER PORT [--with-parent | --temporary]
//
//   --with-parent  ends when its standard input does, that is with the process that started it
//   --temporary    the same, and deletes the folder
//
// CLICKHOUSE_USER and CLICKHOUSE_PASSWORD in the environment make it ask for them.

const fs = require('node:fs');
const path = require('node:path');
const { Credentials } = require('./credentials.js');
const { Engine } = require('./engine.js');
const { Gate } = require('./gate.js');
const { Interface } = require('./interface.js');
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
  const engine = new Engine(path.join(folder, 'data'));
  const sessions = new Sessions(engine);
  const gate = new Gate(CONCURRENT_QUERIES, WAITING_QUERIES);
  const credentials = Credentials.of(process.env.CLICKHOUSE_USER, process.env.CLICKHOUSE_PASSWORD);
  const http = new Interface({ sessions, gate, credentials }).server();
  http.on('error', (error) => {
    const why = error.code === 'EADDRINUSE' ? `port ${port} of this machine is in use` : error.message;
    fail(`cannot listen: ${why}`, 1);
  });
  http.listen(Number(port), 'localhost', () => {
    console.log(`ClickHouse ${engine.version} answers at port ${port}, data in ${folder}`);
  });

  let isEnding = false;
  function end() {
    if (isEnding) {
      return;
    }
    isEnding = true;
    http.close();
    http.closeIdleConnections();
    setTimeout(leave, LAST_ANSWERS_MS).unref();
    gate.close().then(leave);
  }
  function leave() {
    if (life === '--temporary') {
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    process.exit(0);
  }
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (life !== undefined) {
    process.stdin.on('error', end).on('end', end).on('close', end).resume();
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
