'use strict';

/** What ClickHouse calls an exception: a number, its name, a text. */
class ClickHouseError extends Error {
  constructor(code, name, text) {
    super(`Code: ${code}. DB::Exception: ${text}. (${name})`);
    this.code = code;
  }

  /** What the engine threw, with the code that it wrote into its text. */
  static of(thrown) {
    if (thrown instanceof ClickHouseError) {
      return thrown;
    }
    const error = new ClickHouseError(1002, 'UNKNOWN_EXCEPTION', thrown.message);
    const known = /Code: (\d+)\. DB::/.exec(thrown.message);
    if (known !== null) {
      error.code = Number(known[1]);
      error.message = thrown.message;
    }
    return error;
  }

  /** The status that ClickHouse's HTTP interface gives it. */
  get status() {
    return STATUS.get(this.code) ?? 500;
  }
}

const STATUS = new Map([
  ...statuses(400, [6, 26, 27, 36, 38, 41, 43, 50, 53, 57, 62, 69, 72, 321, 349, 441, 456, 457, 467]),
  ...statuses(401, [194]),
  ...statuses(403, [192, 193, 291, 497, 516]),
  ...statuses(404, [16, 46, 47, 60, 78, 81, 115, 482]),
  ...statuses(408, [159]),
  ...statuses(411, [381]),
  ...statuses(413, [307]),
  ...statuses(501, [48]),
]);

function statuses(status, codes) {
  return codes.map((code) => [code, status]);
}

module.exports = { ClickHouseError };
