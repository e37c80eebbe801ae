package io.sluice.cli;

import io.sluice.domain.config.SigningKey;
import io.sluice.domain.control.Signatures;
import io.sluice.domain.wire.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The keys a command is signed with. A secret comes from a file or a variable, never as a value.
 */
final class KeyOptions {
  private static final String ENVIRONMENT = "env:";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--key",
      paramLabel = "ID=FILE",
      description =
          "Sign with a private key: its id in the configuration, and a PEM file, or env:NAME of a"
              + " variable that holds one. Once for each who signs.")
  private List<String> keys = new ArrayList<>();

  boolean areGiven() {
    return !keys.isEmpty();
  }

  /**
   * @throws ParameterException where a key cannot be read; never showing what was read
   */
  Command signed(Command command) {
    Command signed = command;
    for (String key : keys) {
      int equals = key.indexOf('=');
      if (equals < 1 || equals == key.length() - 1) {
        throw refused("--key is " + key + ", expected ID=FILE or ID=env:NAME");
      }
      String where = key.substring(equals + 1);
      try {
        PrivateKey secret = secret(where);
        signed = Signatures.sign(signed, key.substring(0, equals), secret);
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw refused(
            where
                + " holds no Ed25519 private key, expected PEM (PKCS #8) as"
                + " ./sluice control keygen or openssl genpkey -algorithm ed25519 writes it");
      }
    }
    return signed;
  }

  private PrivateKey secret(String where) throws GeneralSecurityException {
    String body = pem(where).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance(SigningKey.ALGORITHM)
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
  }

  private String pem(String where) {
    if (where.startsWith(ENVIRONMENT)) {
      String name = where.substring(ENVIRONMENT.length());
      String value = System.getenv(name);
      if (value == null) {
        throw refused("the variable " + name + " is not set, expected a private key in it");
      }
      return value;
    }
    try {
      return Files.readString(Path.of(where));
    } catch (IOException e) {
      throw refused("the key " + where + " cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
