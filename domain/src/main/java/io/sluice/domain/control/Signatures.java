package io.sluice.domain.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.config.SigningKey;
import io.sluice.domain.wire.Command;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who has signed a command: Ed25519 signatures over its canonical bytes.
 *
 * @param persons those with a valid signature, each once
 * @param faults why other signatures do not count, said to a person
 */
public record Signatures(SortedSet<String> persons, List<String> faults) {

  /** Verifies a command's signatures with the keys of the configuration. */
  public static Signatures of(Command command, Map<String, SigningKey> keys) {
    SortedSet<String> persons = new TreeSet<>();
    List<String> faults = new ArrayList<>();
    byte[] bytes = command.bytesToSign();
    for (JsonNode signature : command.signatures()) {
      String id = signature.path("key").asText("");
      SigningKey key = keys.get(id);
      if (key == null) {
        faults.add("key \"" + id + "\" is not configured");
      } else if (isValid(bytes, signature.path("signature").asText(""), key)) {
        persons.add(key.person());
      } else {
        faults.add("the signature of key " + id + " is not one of this command");
      }
    }
    return new Signatures(persons, faults);
  }

  private static boolean isValid(byte[] bytes, String signature, SigningKey key) {
    try {
      Signature ed25519 = Signature.getInstance(SigningKey.ALGORITHM);
      ed25519.initVerify(key.decoded());
      ed25519.update(bytes);
      return ed25519.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The same command with a signature by this key.
   *
   * @throws GeneralSecurityException where the key is not an Ed25519 one
   */
  public static Command sign(Command command, String keyId, PrivateKey key)
      throws GeneralSecurityException {
    Signature ed25519 = Signature.getInstance(SigningKey.ALGORITHM);
    ed25519.initSign(key);
    ed25519.update(command.bytesToSign());
    return command.signed(keyId, Base64.getEncoder().encodeToString(ed25519.sign()));
  }

  /** The valid signatures, and what is wrong with the others. */
  @Override
  public String toString() {
    return "it has those of "
        + persons
        + (faults.isEmpty() ? "" : "; " + String.join("; ", faults));
  }
}
