'use strict';

const LOOK_EVERY_MS = 50;
const LOOK_FOR_MS = 5_000;

/**
 * Settles when the process that started this one has ended, or has closed this one's standard
 * input, which comes first when it ends; answers whether it has ended.
 */
async function parentIsGone() {
  const parent = process.ppid;
  await new Promise((over) => {
    process.stdin.on('end', over).on('close', over).on('error', over).resume();
  });
  const deadline = Date.now() + LOOK_FOR_MS;
  while (process.ppid === parent && Date.now() < deadline) {
    await new Promise((later) => setTimeout(later, LOOK_EVERY_MS));
  }
  return process.ppid !== parent;
}

module.exports = { parentIsGone };
