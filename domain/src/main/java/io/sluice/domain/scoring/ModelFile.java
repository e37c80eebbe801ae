package io.sluice.domain.scoring;

import io.sluice.domain.json.Sha256;

/**
 * A file of a bundle.
 *
 * @param name inside the bundle's folder
 * @param sha256 of its bytes, lower-case hex
 */
public record ModelFile(String name, String sha256) {
  /**
   * @throws BundleException where these are not the bytes that the bundle was made with
   */
  public void check(byte[] bytes) {
    String actual = Sha256.hex(bytes);
    if (!actual.equals(sha256)) {
      throw new BundleException(
          "the file "
              + name
              + " has the SHA-256 "
              + actual
              + ", expected "
              + sha256
              + "; copy the bundle again, or train it anew");
    }
  }
}
