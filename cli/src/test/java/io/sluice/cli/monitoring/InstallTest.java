package io.sluice.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** monitoring/install, on a machine that has no Prometheus yet. */
class InstallTest {
  @TempDir Path folder;

  /** The real package, without touching the system. */
  @Test
  void unpacksThePackageIntoAFolder() throws Exception {
    Path bin = folder.resolve("usr/bin");
    Prometheus.Run installed = Prometheus.run("./install", folder.toString());
    assumeTrue(
        installed.code() == 0 || !installed.output().contains("cannot be fetched"),
        "the machine does not reach Debian's mirror");
    assertThat(installed.code()).as(installed.output()).isZero();
    assertThat(List.of(folder.toFile().list())).noneMatch(name -> name.endsWith(".deb"));
    Prometheus.Run version = Prometheus.run(bin.resolve("promtool").toString(), "--version");
    assertThat(version.output()).startsWith("promtool, version ");
    assertThat(bin.resolve("prometheus")).isExecutable();
  }

  /** Its steps as root, with a PATH on which there is neither Prometheus nor the real apt-get. */
  @Test
  void installsWithAptGetWhereItIsMissing() throws Exception {
    Path path = path();
    program(
        "apt-get",
        "echo \"apt-get $*\"; if [[ $1 == install ]]; then cp true prometheus; cp true promtool; fi");
    Prometheus.Run first = install(path);
    assumeTrue(
        System.getProperty("user.name").equals("root"), "only root installs; others are told so");
    assertThat(first.output())
        .isEqualTo(
            """
            apt-get update -qq
            apt-get install -y -qq --no-install-recommends prometheus
            """);
    assertThat(first.code()).isZero();
    Prometheus.Run second = install(path);
    assertThat(second.output()).as("there is nothing left to do").isEmpty();
    assertThat(second.code()).isZero();
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    Path path = path();
    assertThat(install(path).output()).contains("only root on Debian or Ubuntu can be helped");
    program("apt-get", "exit 100");
    Prometheus.Run unreachable = install(path);
    assertThat(unreachable.code()).isEqualTo(1);
    assertThat(unreachable.output()).startsWith("monitoring/install: ").hasLineCount(1);
    program("apt-get", "true");
    Prometheus.Run missing = install(path);
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.output()).startsWith("monitoring/install: ").hasLineCount(1);
  }

  private Prometheus.Run install(Path path) throws Exception {
    String script = Path.of("../monitoring/install").toRealPath().toString();
    String run = "cd '" + folder + "' && PATH='" + path + "' exec bash '" + script + "'";
    return Prometheus.run("/bin/bash", "-c", run);
  }

  /** A folder with the few programs that the script calls. */
  private Path path() throws Exception {
    for (String program : new String[] {"bash", "cp", "true", "flock"}) {
      Files.createSymbolicLink(folder.resolve(program), Path.of("/usr/bin", program));
    }
    return folder;
  }

  private void program(String name, String body) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
