package io.sluice.sinks.clickhouse;

/** The archive cannot do what was asked; the message says why and what to do, in one text. */
public final class ClickHouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClickHouseException(String message) {
    super(message);
  }

  /** With what the driver says, which may be in a cause of a cause, and what to do about TLS. */
  public ClickHouseException(String message, Throwable cause) {
    super(message + ": " + said(cause) + TlsAdvice.on(cause), cause);
  }

  private static String said(Throwable thrown) {
    Throwable first = thrown;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String outer = String.valueOf(thrown.getMessage());
    String inner = String.valueOf(first.getMessage());
    return outer.contains(inner) ? outer : outer + ": " + inner;
  }
}
