'use strict';

/** What an address may carry beside settings. */
const NOT_SETTINGS = new Set([
  'query', 'database', 'default_format', 'query_id', 'user', 'password', 'quota_key', 'role',
  'session_id', 'session_timeout', 'session_check', 'close_session', 'stacktrace',
  'compress', 'decompress', 'buffer_size', 'wait_end_of_query',
  // Settings of the HTTP interface, which the engine does not have.
  'enable_http_compression', 'http_zlib_compression_level', 'http_response_buffer_size',
  'http_response_compression_method', 'http_headers_progress_interval_ms',
  'http_send_progress_interval_ms', 'send_progress_in_http_headers',
]);

/** Bounds of one query, which it may set itself: a result is held whole before it is sent. */
const BOUNDS = { max_memory_usage: '2000000000', max_result_bytes: '268435456' };

const LEADING_COMMENTS = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;

/** The settings, query parameters included, that an address asks for. */
function settingsOf(parameters) {
  const settings = { ...BOUNDS };
  for (const [name, value] of parameters) {
    if (!NOT_SETTINGS.has(name)) {
      settings[name] = value;
    }
  }
  return settings;
}

/** The statement that puts settings in force, or null for a name that is none. */
function setStatement(settings) {
  const names = Object.keys(settings);
  if (!names.every((name) => /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name))) {
    return null;
  }
  return 'SET ' + names.map((name) => `${name} = ${quoted(settings[name])}`).join(', ');
}

function useStatement(database) {
  return 'USE `' + database.replaceAll('\\', '\\\\').replaceAll('`', '\\`') + '`';
}

function quoted(text) {
  return "'" + text.replaceAll('\\', '\\\\').replaceAll("'", "\\'") + "'";
}

/** Whether it brings data along, which has to reach the engine as the bytes it is. */
function isInsert(statement) {
  const head = statement.subarray(0, 4096).toString('latin1');
  return /^insert\s/i.test(head.replace(LEADING_COMMENTS, ''));
}

/** The format that the result will have: one named at its end, else the default. */
function formatOf(sql, defaultFormat) {
  const named = /\bFORMAT\s+([A-Za-z0-9_]+)\s*;?\s*$/i.exec(sql.slice(-200));
  return named === null ? defaultFormat : named[1];
}

module.exports = { settingsOf, setStatement, useStatement, quoted, isInsert, formatOf };
