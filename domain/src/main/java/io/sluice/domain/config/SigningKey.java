package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A key that control commands can be signed with.
 *
 * @param id what signatures name it by
 * @param person whose it is; one person may have several
 * @param publicKey Ed25519, DER (SubjectPublicKeyInfo) in base64: the body of a PEM file
 */
public record SigningKey(String id, String person, String publicKey) {
  public static final String ALGORITHM = "Ed25519";

  static SigningKey parse(Section section) {
    section.allow("id", "person", "public_key");
    SigningKey key =
        new SigningKey(section.text("id"), section.text("person"), section.text("public_key"));
    try {
      key.decoded();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw section.wrong(
          "public_key", "an Ed25519 public key in base64, as ./sluice control keygen prints it");
    }
    return key;
  }

  /** The key to verify with. */
  public PublicKey decoded() throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM)
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
  }

  void write(JsonWriter json) {
    json.beginObject().name("id").value(id).name("person").value(person);
    json.name("public_key").value(publicKey).endObject();
  }
}
