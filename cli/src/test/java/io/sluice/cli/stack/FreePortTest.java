package io.sluice.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {
  @Test
  void theUsualPortIsTakenWhereNobodyHasIt() throws Exception {
    int usual = FreePort.orAny(0, 0);
    assertThat(FreePort.usualOrAny(usual)).isEqualTo(usual);
    try (ServerSocket somebody = new ServerSocket(usual, 1, InetAddress.getByName("localhost"))) {
      assertThat(FreePort.isFree(somebody.getLocalPort())).isFalse();
      assertThat(FreePort.usualOrAny(usual)).isNotEqualTo(usual);
    }
  }
}
