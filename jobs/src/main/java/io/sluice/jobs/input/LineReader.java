package io.sluice.jobs.input;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Message;

/** Reads one line of a file in the file's format. */
interface LineReader {
  /**
   * @param bytes holds the line; not kept
   * @param from where it begins
   * @param to where it ends, without its line end
   * @throws UnreadableException where the line is to become a dead letter, with reason and field
   */
  Message read(byte[] bytes, int from, int to) throws UnreadableException;
}
