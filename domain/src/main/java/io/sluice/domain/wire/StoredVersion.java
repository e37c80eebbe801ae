package io.sluice.domain.wire;

import io.sluice.domain.json.UnreadableException;

/**
 * The version of a form of stored state. Fields come and go within one; another one means that what
 * a field stands for has changed, and a build that does not know it would take it for something
 * else.
 */
public final class StoredVersion {
  private static final String FIELD = "version";

  private StoredVersion() {}

  /**
   * @param newest that this build knows
   * @throws UnreadableException where the state is of a newer one, or of none
   */
  public static void require(Fields stored, int newest) throws UnreadableException {
    long version = stored.whole(FIELD);
    if (version < 1 || version > newest) {
      throw new UnreadableException(
          "it is of version " + version + ", this build knows versions up to " + newest, FIELD);
    }
  }
}
