package io.sluice.jobs.kafka;

/** Kafka cannot be reached, or its topics do not fit; the message says which and what to do. */
public final class TopicsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isForNow;

  public TopicsException(String message) {
    this(message, false);
  }

  /**
   * @param isForNow whether it may be over by itself, as when Kafka does not answer
   */
  TopicsException(String message, boolean isForNow) {
    super(message);
    this.isForNow = isForNow;
  }

  boolean isForNow() {
    return isForNow;
  }
}
