package io.sluice.jobs.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Waits for what Kafka answers, and says in words what its errors mean.
 *
 * @param bootstrap whom it was asked of
 */
record Answers(String bootstrap) {

  /**
   * @throws TopicsException where there is none, or it is an error
   */
  <T> T to(KafkaFuture<T> asked) {
    try {
      return orThrow(asked);
    } catch (KafkaException e) {
      throw explained(e);
    }
  }

  /** The answer, or Kafka's own exception. */
  <T> T orThrow(KafkaFuture<T> asked) {
    try {
      return asked.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicsException("interrupted while waiting for Kafka");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }

  TopicsException explained(KafkaException e) {
    String at = "Kafka at " + bootstrap;
    if (e instanceof SslAuthenticationException) {
      return new TopicsException(
          at
              + " cannot be reached with TLS: "
              + innermost(e)
              + "; check security.protocol and ssl.* in kafka.properties");
    }
    if (e instanceof AuthenticationException) {
      return new TopicsException(
          at
              + " refused the login: "
              + innermost(e)
              + "; check sasl.mechanism and sasl.jaas.config in kafka.properties");
    }
    if (e instanceof AuthorizationException) {
      return new TopicsException(
          at + " does not permit it: " + innermost(e) + "; have the right granted");
    }
    if (e instanceof TimeoutException || e instanceof RetriableException) {
      return new TopicsException(
          at
              + " does not answer: start it (./sluice up starts a local one), or correct"
              + " kafka.bootstrap and security.protocol in the configuration",
          true);
    }
    return new TopicsException(at + " refused: " + innermost(e));
  }

  static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
