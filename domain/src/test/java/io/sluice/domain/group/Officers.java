package io.sluice.domain.group;

import io.sluice.domain.control.Signatures;
import io.sluice.domain.wire.Command;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Two persons who sign commands, one of them with two keys: those of RFC 8032, section 7.1. */
final class Officers {
  private static final String PRIVATE = "302e020100300506032b657004220420";
  private static final String PUBLIC = "302a300506032b6570032100";
  private static final Map<String, String> SECRETS =
      Map.of(
          "ann",
          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
          "ann2",
          "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
          "bob",
          "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");

  /** The section {@code control} of the configuration. */
  static final String CONTROL =
      "{authority: 'signed', keys: ["
          + key("ann", "ann", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
          + ", "
          + key("ann2", "ann", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
          + ", "
          + key("bob", "bob", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
          + "]}";

  private Officers() {}

  private static String key(String id, String person, String publicHex) {
    String der = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(PUBLIC + publicHex));
    return "{id: '" + id + "', person: '" + person + "', public_key: '" + der + "'}";
  }

  /** The command with a signature of each key. */
  static Command signed(Command command, String... keys) {
    Command signed = command;
    for (String key : keys) {
      try {
        signed = Signatures.sign(signed, key, secret(key));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    return signed;
  }

  private static PrivateKey secret(String key) throws GeneralSecurityException {
    byte[] der = HexFormat.of().parseHex(PRIVATE + SECRETS.get(key));
    return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
