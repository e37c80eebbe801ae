package io.sluice.operators;

import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.scoring.Publications;

/** Publications of models as they travel in the job graph. */
public final class StoredPublications {
  public static final byte[] NONE = new Publications().toJson();

  private StoredPublications() {}

  static Publications read(byte[] json) {
    try {
      Publications publications = new Publications();
      publications.read(StrictJson.trusted(json));
      return publications;
    } catch (UnreadableException e) {
      throw new IllegalStateException("publications read back", e);
    }
  }
}
