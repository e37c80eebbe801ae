package io.sluice.domain.scoring;

/** A model bundle that cannot be used; the message says what is wrong, and what to do. */
public final class BundleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BundleException(String message) {
    super(message);
  }

  public BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
