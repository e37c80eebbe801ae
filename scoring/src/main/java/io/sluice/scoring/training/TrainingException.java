package io.sluice.scoring.training;

/** Rows that no model can be made of; the message says what is missing. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }
}
