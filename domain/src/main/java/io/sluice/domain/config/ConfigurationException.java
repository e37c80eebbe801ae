package io.sluice.domain.config;

/**
 * A configuration that cannot be used; the message names key, value, what was expected and where it
 * stands.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }
}
