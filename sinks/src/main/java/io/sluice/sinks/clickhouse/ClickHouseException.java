package io.sluice.sinks.clickhouse;

/** The archive cannot do what was asked; the message says why and what to do, in one text. */
public final class ClickHouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClickHouseException(String message) {
    super(message);
  }

  public ClickHouseException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
