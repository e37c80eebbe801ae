package io.sluice.sinks.clickhouse;

import java.security.cert.CertPathBuilderException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What to do about a connection with TLS that does not come about. */
final class TlsAdvice {
  private TlsAdvice() {}

  /** To be put behind what went wrong; empty where that was not TLS. */
  static String on(Throwable thrown) {
    String advice = "";
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof CertPathBuilderException) {
        return "; nobody who is trusted here has signed the server's certificate: name a file with"
            + " that of who has, in PEM, as the property sslrootcert";
      }
      if (each instanceof SSLPeerUnverifiedException) {
        return "; the server's certificate is for another host: reach it by a name that the"
            + " certificate has";
      }
      if (each instanceof SSLException) {
        advice = "; TLS does not come about: see that the url's port is the one for https";
      }
    }
    return advice;
  }
}
