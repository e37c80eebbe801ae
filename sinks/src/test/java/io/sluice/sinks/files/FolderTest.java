package io.sluice.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
  @TempDir Path folder;

  @Test
  void isCreatedWithThoseAboveIt() throws IOException {
    Path out = folder.resolve("a").resolve("out");

    OutputAssembly.checkWritable(out);
    OutputAssembly.checkWritable(out);

    assertThat(out).isEmptyDirectory();
  }

  @Test
  void mayBeALinkToAFolder() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    OutputAssembly.checkWritable(link);

    assertThat(target).isEmptyDirectory();
  }

  @Test
  void saysWhichFileStandsInItsWay() throws IOException {
    Path regular = Files.createFile(folder.resolve("regular"));

    for (Path impossible : List.of(regular, regular.resolve("b"), regular.resolve("b/c"))) {
      assertThatThrownBy(() -> OutputAssembly.checkWritable(impossible))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot write to " + impossible + ": " + regular + " is not a folder");
    }
  }

  @Test
  void saysThatItIsNotWritable() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(locked), "root may write anywhere");

    assertRefused(locked);
    assertRefused(locked.resolve("out"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysThatNotEvenRootMayWriteThere() {
    assertRefused(Path.of("/proc"));
    assertRefused(Path.of("/proc/out"));
  }

  private static void assertRefused(Path impossible) {
    assertThatThrownBy(() -> OutputAssembly.checkWritable(impossible))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write to " + impossible + ": ");
  }
}
