package io.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.stack.ChildJvm;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveDemoTest {
  /** The demo's archive by itself. */
  static final class Demo {
    public static void main(String[] arguments) throws Exception {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      try (ArchiveDemo archive = ArchiveDemo.start(out)) {
        out.println("goes on: " + archive.show(null, null, null) + archive.howToAsk());
      }
    }
  }

  @Test
  void withoutNodeALineSaysThatTheArchiveIsOffAndTheDemoGoesOn(@TempDir Path folder)
      throws Exception {
    Map<String, String> noNode = Map.of("PATH", folder.toString());
    Process demo = ChildJvm.start(Demo.class, noNode, folder.resolve("demo.txt"));
    String said = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(demo.waitFor()).isZero();
    assertThat(said.strip().lines())
        .satisfiesExactly(
            off ->
                assertThat(off)
                    .startsWith("The archive is off: the local ClickHouse needs Node 18")
                    .contains("there is no node on the PATH"),
            on -> assertThat(on).isEqualTo("goes on: true"));
  }
}
