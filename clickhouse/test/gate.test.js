'use strict';

const assert = require('node:assert');
const { test } = require('node:test');
const { Gate } = require('../gate.js');

function held() {
  let release;
  const task = new Promise((over) => (release = over));
  return { run: () => task, release };
}

test('runs so many at once, lets so many wait, refuses the next', async () => {
  const gate = new Gate(2, 1);
  const first = held();
  const started = [];
  const running = [1, 2].map((n) => gate.run(() => (started.push(n), first.run())));
  const waiting = gate.run(() => started.push(3));
  await assert.rejects(gate.run(() => started.push(4)), { code: 202 });
  assert.deepStrictEqual(started, [1, 2]);
  first.release();
  await Promise.all([...running, waiting]);
  assert.deepStrictEqual(started, [1, 2, 3]);
});

test('a task that fails makes room', async () => {
  const gate = new Gate(1, 0);
  await assert.rejects(gate.run(() => Promise.reject(new Error('x'))), /x/);
  assert.strictEqual(await gate.run(() => 7), 7);
});

test('closed, it waits for what runs and refuses the rest', async () => {
  const gate = new Gate(1, 1);
  const first = held();
  const running = gate.run(first.run);
  const waiting = gate.run(() => assert.fail('closed'));
  const refused = assert.rejects(waiting, { code: 236 });
  let isClosed = false;
  const closing = gate.close().then(() => (isClosed = true));
  await refused;
  await assert.rejects(gate.run(() => assert.fail('closed')), { code: 236 });
  assert.strictEqual(isClosed, false);
  first.release();
  await Promise.all([running, closing]);
});
