package io.sluice.domain.config;

/**
 * A configuration that cannot be used; the message names key, value, what was expected and where it
 * stands.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  public ConfigurationException(String message) {
    this(Fault.told(message));
  }

  public ConfigurationException(Fault fault) {
    super(fault.message());
    this.fault = fault;
  }

  /** The same in its parts, where they are known. */
  public Fault fault() {
    return fault == null ? Fault.told(getMessage()) : fault;
  }
}
