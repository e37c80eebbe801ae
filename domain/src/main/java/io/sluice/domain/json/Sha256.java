package io.sluice.domain.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hex. */
public final class Sha256 {
  /** To be copied, never used: looking an algorithm up costs as much as hashing a short text. */
  private static final MessageDigest UNUSED = lookUp();

  private Sha256() {}

  public static String hex(String text) {
    return hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of the parts one after the other. */
  public static String hex(byte[]... parts) {
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of the ASCII characters of a text, and then of what a writer has written so far. */
  public static String hex(String ascii, JsonWriter json) {
    MessageDigest digest = newDigest();
    digest.update(ascii.getBytes(StandardCharsets.US_ASCII));
    json.digestInto(digest);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The first 64 bits. */
  public static long prefix(byte[] bytes) {
    return ByteBuffer.wrap(newDigest().digest(bytes)).getLong();
  }

  private static MessageDigest newDigest() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return lookUp();
    }
  }

  private static MessageDigest lookUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
