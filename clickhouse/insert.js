'use strict';

const HEAD_BYTES = 64 * 1024;

const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.|``)*`|"(?:[^"\\]|\\.|"")*"|[A-Za-z_]\w*|[()]|[^\s]|\s+/gy;

/**
 * Takes `INSERT INTO ... FORMAT name data` apart.
 *
 * The engine, given such a statement whole, takes data to end at the first blank line and what
 * follows for the next statement, whatever the format; only data behind VALUES it reads to its
 * own end. So other data goes through a file.
 *
 * Answers {before, after, data}, between which `FROM INFILE` fits; null for any other statement.
 */
function takenApart(statement) {
  const head = statement.subarray(0, HEAD_BYTES).toString('latin1');
  let depth = 0;
  let isInsert = false;
  let settings = -1;
  let format = -1;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(head); found !== null; found = TOKEN.exec(head)) {
    const word = found[0].toUpperCase();
    if (format >= 0 && /^[A-Z_]\w*$/.test(word)) {
      return word === 'VALUES' ? null : parts(statement, settings < 0 ? format : settings, TOKEN.lastIndex);
    }
    if (word === '(') {
      depth++;
    } else if (word === ')') {
      depth--;
    } else if (depth > 0 || isBlank(found[0])) {
      continue;
    } else if (!isInsert) {
      if (word !== 'INSERT') {
        return null;
      }
      isInsert = true;
    } else if (['VALUES', 'SELECT', 'WITH', 'FROM'].includes(word)) {
      return null;
    } else if (word === 'SETTINGS') {
      settings = found.index;
    } else if (word === 'FORMAT') {
      format = found.index;
    }
  }
  return null;
}

function isBlank(token) {
  return /^\s|^--|^\/\*/.test(token);
}

/** Data begins behind the line end that ends the statement, or at the first character that is not blank. */
function parts(statement, file, end) {
  let start = end;
  while (statement[start] === 0x20 || statement[start] === 0x09 || statement[start] === 0x0d) {
    start++;
  }
  if (statement[start] === 0x0a) {
    start++;
  }
  return {
    before: statement.subarray(0, file).toString(),
    after: statement.subarray(file, end).toString(),
    data: statement.subarray(start),
  };
}

module.exports = { takenApart };
