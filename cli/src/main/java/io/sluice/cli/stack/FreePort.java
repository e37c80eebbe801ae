package io.sluice.cli.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine that nobody listens on. */
public final class FreePort {
  /**
   * Below the ports that systems give to outgoing connections (32768 and up on Linux): of those, a
   * client could get the broker's own port while the broker is being restarted.
   */
  private static final int FIRST = 20_000;

  private static final int END = 32_768;

  private FreePort() {}

  /** The port given, or a free one, other than {@code taken}, where 0 is given. */
  public static int orAny(int given, int taken) {
    if (given != 0) {
      return given;
    }
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (port != taken && isFree(port)) {
        return port;
      }
    }
    throw new StackException(
        "no free port found between " + FIRST + " and " + END + ": name one that is free");
  }

  /** A port that clients ask unless they are told otherwise, or a free one where it is taken. */
  static int usualOrAny(int usual) {
    return isFree(usual) ? usual : orAny(0, usual);
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress("localhost", port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
