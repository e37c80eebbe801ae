package io.sluice.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker never outlives the process that started it. */
class KilledParentTest {

  /** Starts a broker, says where, and waits to be killed. */
  static final class Parent {
    public static void main(String[] arguments) throws Exception {
      KafkaBroker kafka = KafkaBroker.start();
      System.out.println(kafka.pid() + " " + kafka.log().getParent());
      new CountDownLatch(1).await();
    }
  }

  @Test
  void leavesNothing(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("parent.txt");
    Process parent = ChildJvm.start(Parent.class, Map.of(), log);
    String said;
    try (BufferedReader out = parent.inputReader(StandardCharsets.UTF_8)) {
      said = out.readLine();
    }
    assertThat(said).as("%s", Files.readString(log)).isNotNull();
    ProcessHandle broker = ProcessHandle.of(Long.parseLong(said.split(" ", 2)[0])).orElseThrow();
    File data = new File(said.split(" ", 2)[1]);
    assertThat(data).isDirectory();
    parent.destroyForcibly().waitFor();
    broker.onExit().get(60, TimeUnit.SECONDS);
    assertThat(data).doesNotExist();
  }
}
