'use strict';

const assert = require('node:assert');
const { test } = require('node:test');
const { takenApart } = require('../insert.js');

function apart(text) {
  const parts = takenApart(Buffer.from(text, 'latin1'));
  return parts && [parts.before, parts.after, parts.data.toString('latin1')];
}

test('data of a format is taken off its statement', () => {
  assert.deepStrictEqual(apart('INSERT INTO t FORMAT CSV\n\n1\n'), ['INSERT INTO t ', 'FORMAT CSV', '\n1\n']);
  assert.deepStrictEqual(apart('insert into t format JSONEachRow {"a":1}'), [
    'insert into t ',
    'format JSONEachRow',
    '{"a":1}',
  ]);
  assert.deepStrictEqual(apart('INSERT INTO t FORMAT RowBinary\n\0\n\n;'), ['INSERT INTO t ', 'FORMAT RowBinary', '\0\n\n;']);
});

test('a file goes before the settings', () => {
  assert.deepStrictEqual(apart("INSERT INTO t SETTINGS a = 'FORMAT X' FORMAT CSV\n1"), [
    'INSERT INTO t ',
    "SETTINGS a = 'FORMAT X' FORMAT CSV",
    '1',
  ]);
});

test('names, texts and comments are no keywords', () => {
  const head = '-- FORMAT A\n/* FORMAT B */ INSERT INTO `format C` (format, "format D", values) ';
  assert.deepStrictEqual(apart(head + 'FORMAT CSV\n1'), [head, 'FORMAT CSV', '1']);
});

test('what has no data of a format stays whole', () => {
  for (const text of [
    "INSERT INTO t VALUES (1, ' FORMAT CSV')",
    'INSERT INTO t FORMAT Values (1)',
    'INSERT INTO t SELECT 1 FORMAT CSV',
    "INSERT INTO t FROM INFILE 'f' FORMAT CSV",
    'SELECT 1 FORMAT CSV',
    '',
  ]) {
    assert.strictEqual(apart(text), null, text);
  }
});
