'use strict';

const crypto = require('node:crypto');
const { ClickHouseError } = require('./errors.js');

/** Who may ask: one user with a password, or the user "default" without one. */
class Credentials {
  #user;
  #password;

  constructor(user, password) {
    this.#user = user;
    this.#password = password;
  }

  static of(user, password) {
    return new Credentials(user || 'default', password || '');
  }

  /** Refuses who gives others, in the headers, by basic authentication or in the address. */
  check(headers, parameters) {
    const given = basic(headers.authorization) ?? {
      user: headers['x-clickhouse-user'] ?? parameters.get('user') ?? 'default',
      password: headers['x-clickhouse-key'] ?? parameters.get('password') ?? '',
    };
    const isUser = isSame(given.user, this.#user);
    const isPassword = isSame(given.password, this.#password);
    if (!isUser || !isPassword) {
      throw new ClickHouseError(
        516,
        'AUTHENTICATION_FAILED',
        `${given.user}: Authentication failed: password is incorrect, or there is no user with such name`,
      );
    }
  }
}

function basic(authorization) {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '');
  if (encoded === null) {
    return undefined;
  }
  const [user, ...password] = Buffer.from(encoded[1], 'base64').toString().split(':');
  return { user, password: password.join(':') };
}

/** In a time that tells nothing. */
function isSame(given, expected) {
  const digest = (text) => crypto.createHash('sha256').update(text).digest();
  return crypto.timingSafeEqual(digest(given), digest(expected));
}

module.exports = { Credentials };
