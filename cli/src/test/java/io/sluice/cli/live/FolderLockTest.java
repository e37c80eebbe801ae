package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.contentOf;

import io.sluice.cli.stack.BoundJvm;
import io.sluice.cli.stack.ChildProcess;
import io.sluice.cli.stack.StackException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class FolderLockTest {
  @TempDir Path folder;

  /** Takes a folder and waits to be killed. */
  public static final class Holder {
    public static void main(String[] arguments) throws Exception {
      FolderLock lock = FolderLock.take(Path.of(arguments[0]));
      System.out.println("taken " + lock.hashCode());
      new CountDownLatch(1).await();
    }
  }

  @Test
  void aFolderIsAnothersUntilThatOneIsKilled() throws Exception {
    Path log = folder.resolve("holder.log");
    Path state = folder.resolve("new/state");
    ChildProcess holder =
        new BoundJvm("the holder", Holder.class.getName(), List.of("-Xmx64m"), Map.of(), log)
            .start(List.of(state.toString()));
    Desk.awaitThat(() -> contentOf(log.toFile()).contains("taken"), "the folder taken");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> FolderLock.take(state))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("the gate in process " + holder.handle().pid())
          .hasMessageContaining(state.toString())
          .hasMessageContaining("--state");
    }
    holder.kill();
    FolderLock.take(state).close();
  }

  @Test
  void anAttemptInTheSameProcessLetsNothingGo() throws Exception {
    Path log = folder.resolve("holder.log");
    try (FolderLock lock = FolderLock.take(folder)) {
      assertThatThrownBy(() -> FolderLock.take(folder.resolve(".")))
          .isInstanceOf(StackException.class);
      ChildProcess other =
          new BoundJvm("another", Holder.class.getName(), List.of("-Xmx64m"), Map.of(), log)
              .start(List.of(folder.toString()));
      other.handle().onExit().get();
      assertThat(contentOf(log.toFile()))
          .contains("the gate in process " + ProcessHandle.current().pid());
    }
    FolderLock.take(folder).close();
  }
}
