package io.sluice.jobs.config;

import java.util.regex.Pattern;

/**
 * The variables that Kubernetes sets in every container for every service of its namespace. For a
 * service {@code sluice-rest} they begin with {@code SLUICE_REST_}, whatever runs there, and nobody
 * has written them. They are known by name and value both, so that a misspelt key is not taken for
 * one.
 */
final class ServiceLinks {
  private static final Pattern HOST = Pattern.compile("[A-Z0-9_]+_SERVICE_HOST=[0-9A-Fa-f.:]+");
  private static final Pattern PORT =
      Pattern.compile("[A-Z0-9_]+_SERVICE_PORT(_[A-Z0-9_]+)?=[0-9]{1,5}");
  private static final Pattern LINK =
      Pattern.compile("[A-Z0-9_]+_PORT(_[0-9]{1,5}_(TCP|UDP|SCTP))?=(tcp|udp|sctp)://\\S+:[0-9]+");
  private static final Pattern PART_OF_LINK =
      Pattern.compile(
          "[A-Z0-9_]+_PORT_[0-9]{1,5}_(TCP|UDP|SCTP)"
              + "(_PROTO=(tcp|udp|sctp)|_PORT=[0-9]{1,5}|_ADDR=[0-9A-Fa-f.:]+)");

  private ServiceLinks() {}

  /** Whether a variable is one of them. */
  static boolean isOne(String name, String value) {
    String variable = name + "=" + value;
    return HOST.matcher(variable).matches()
        || PORT.matcher(variable).matches()
        || LINK.matcher(variable).matches()
        || PART_OF_LINK.matcher(variable).matches();
  }
}
