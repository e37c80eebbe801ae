package io.sluice.jobs.kafka;

/** Kafka cannot be reached, or its topics do not fit; the message says which and what to do. */
public final class TopicsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TopicsException(String message) {
    super(message);
  }
}
