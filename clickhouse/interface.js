'use strict';

const crypto = require('node:crypto');
const http = require('node:http');
const { promisify } = require('node:util');
const zlib = require('node:zlib');
const { ClickHouseError } = require('./errors.js');
const { formatOf, isInsert, setStatement, settingsOf, useStatement } = require('./statement.js');

const MAX_BODY_BYTES = 256 * 1024 * 1024;

/** Of all requests together, running and waiting. */
const MAX_HELD_BYTES = 512 * 1024 * 1024;

const UNPACK = {
  gzip: promisify(zlib.gunzip),
  deflate: promisify(zlib.inflate),
  br: promisify(zlib.brotliDecompress),
};
const gzip = promisify(zlib.gzip);

/** ClickHouse's HTTP interface: a query in, its result or ClickHouse's error out. */
class Interface {
  #sessions;
  #gate;
  #credentials;
  #held = 0;

  constructor({ sessions, gate, credentials }) {
    this.#sessions = sessions;
    this.#gate = gate;
    this.#credentials = credentials;
  }

  server() {
    const server = http.createServer((request, response) => {
      this.#answer(request, response).catch((thrown) => refuse(request, response, thrown));
    });
    server.keepAliveTimeout = 30_000;
    server.requestTimeout = 0;
    return server;
  }

  async #answer(request, response) {
    const address = new URL(request.url, 'http://localhost');
    const parameters = address.searchParams;
    if (address.pathname === '/ping' || address.pathname === '/replicas_status') {
      return send(response, 200, {}, Buffer.from('Ok.\n'));
    }
    if (address.pathname !== '/') {
      return send(response, 404, {}, Buffer.from('There is no handle ' + address.pathname + '\n'));
    }
    this.#credentials.check(request.headers, parameters);
    refuseBlocks(parameters);
    const received = { bytes: 0 };
    try {
      const query = parameters.has('query') ? parameters.get('query') + '\n' : '';
      const statement = await this.#receive(request, Buffer.from(query), received);
      if (statement.length === 0) {
        return send(response, 200, {}, Buffer.from('Ok.\n'));
      }
      const result = await this.#gate.run(() =>
        this.#sessions.within(parameters, (connection) =>
          run(connection, statement, request, parameters),
        ),
      );
      return await this.#reply(request, response, parameters, result);
    } finally {
      this.#held -= received.bytes;
    }
  }

  /** The query and the request's body behind it; counts what is held of it. */
  async #receive(request, query, received) {
    const chunks = [];
    for await (const chunk of request) {
      received.bytes += chunk.length;
      this.#held += chunk.length;
      if (received.bytes > MAX_BODY_BYTES) {
        throw new ClickHouseError(307, 'TOO_MANY_BYTES', `a request has at most ${MAX_BODY_BYTES} bytes here`);
      }
      if (this.#held > MAX_HELD_BYTES) {
        throw new ClickHouseError(241, 'MEMORY_LIMIT_EXCEEDED', 'too much is being inserted at once: try again later');
      }
      chunks.push(chunk);
    }
    return Buffer.concat([query, ...(await unpacked(request.headers['content-encoding'], chunks))]);
  }

  async #reply(request, response, parameters, { format, bytes, ...metrics }) {
    const headers = {
      'Content-Type': 'application/octet-stream',
      'X-ClickHouse-Server-Display-Name': 'sluice',
      'X-ClickHouse-Query-Id': parameters.get('query_id') ?? crypto.randomUUID(),
      'X-ClickHouse-Format': format,
      'X-ClickHouse-Timezone': 'UTC',
      'X-ClickHouse-Summary': summary(metrics),
    };
    let sent = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && sent.length > 1_000) {
      headers['Content-Encoding'] = 'gzip';
      sent = await gzip(sent, { level: 1 });
    }
    send(response, 200, headers, sent);
  }
}

async function run(connection, statement, request, parameters) {
  const database = request.headers['x-clickhouse-database'] ?? parameters.get('database');
  if (database) {
    await connection.query(useStatement(database), 'Null');
  }
  const settings = settingsOf(parameters);
  if (request.method === 'GET') {
    settings.readonly = '2';
  }
  const set = setStatement(settings);
  if (set === null) {
    const names = Object.keys(settings).join(', ');
    throw new ClickHouseError(115, 'UNKNOWN_SETTING', `there is a name among ${names} that no setting has`);
  }
  await connection.query(set, 'Null');
  if (isInsert(statement)) {
    return { format: 'Null', ...(await connection.insert(statement)) };
  }
  const sql = statement.toString();
  const asked = request.headers['x-clickhouse-format'] ?? parameters.get('default_format');
  const format = asked ?? 'TabSeparated';
  return { format: formatOf(sql, format), ...(await connection.query(sql, format)) };
}

/** ClickHouse's own block compression is not served here; that of HTTP is. */
function refuseBlocks(parameters) {
  const asked = ['compress', 'decompress'].find((name) => parameters.get(name) === '1');
  if (asked !== undefined) {
    throw new ClickHouseError(
      48,
      'NOT_IMPLEMENTED',
      `${asked}=1 is not served by the local ClickHouse: connect with ${asked}=0`,
    );
  }
}

async function unpacked(encoding, chunks) {
  if (encoding === undefined || encoding === 'identity') {
    return chunks;
  }
  if (UNPACK[encoding] === undefined) {
    const known = Object.keys(UNPACK).join(', ');
    throw new ClickHouseError(48, 'NOT_IMPLEMENTED', `Content-Encoding is ${encoding}, expected ${known}`);
  }
  return [await UNPACK[encoding](Buffer.concat(chunks), { maxOutputLength: MAX_BODY_BYTES })];
}

function summary({ elapsed = 0, rowsRead = 0, bytesRead = 0, rowsWritten = 0, bytesWritten = 0 }) {
  return JSON.stringify({
    read_rows: String(rowsRead),
    read_bytes: String(bytesRead),
    written_rows: String(rowsWritten),
    written_bytes: String(bytesWritten),
    total_rows_to_read: '0',
    result_rows: String(rowsWritten),
    result_bytes: String(bytesWritten),
    elapsed_ns: String(Math.round(elapsed * 1e9)),
  });
}

function refuse(request, response, thrown) {
  const error = ClickHouseError.of(thrown);
  request.unpipe();
  request.resume();
  const headers = { 'Content-Type': 'text/plain; charset=UTF-8', 'X-ClickHouse-Exception-Code': String(error.code) };
  send(response, error.status, headers, Buffer.from(error.message + '\n'));
}

function send(response, status, headers, bytes) {
  if (!response.headersSent && !response.destroyed) {
    response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
    response.end(bytes);
  }
}

module.exports = { Interface };
