package io.sluice.operators;

import io.sluice.domain.control.Signatures;
import io.sluice.domain.wire.Command;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Two persons who sign commands. */
final class Signing {
  private static final KeyPair ANN = pair();
  private static final KeyPair BOB = pair();

  /** The list {@code control.keys} of the configuration, as JSON. */
  static final String KEYS = "[" + key("ann", ANN) + "," + key("bob", BOB) + "]";

  private Signing() {}

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(String id, KeyPair pair) {
    String open = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    return "{\"id\":\"%s\",\"person\":\"%s\",\"public_key\":\"%s\"}".formatted(id, id, open);
  }

  /** The command with the signatures of both. */
  static String signed(String command) throws GeneralSecurityException {
    Command read = (Command) Scenario.message(command);
    Command once = Signatures.sign(read, "ann", ANN.getPrivate());
    Command twice = Signatures.sign(once, "bob", BOB.getPrivate());
    return new String(twice.toJson(), StandardCharsets.UTF_8);
  }
}
