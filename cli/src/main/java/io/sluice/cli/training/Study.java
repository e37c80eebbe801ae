package io.sluice.cli.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.scoring.training.TrainingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The trials of a search in a file, a line each, under a line that says what they are of. What is
 * behind the last whole line was being written when the process ended, and is dropped.
 */
public final class Study implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How every study begins. */
  private static final String FIRST = "{\"study\":\"";

  /** What the trials can be compared by. */
  private record Head(String study) {}

  private final Path path;
  private final FileChannel file;
  private final List<Trial> trials = new ArrayList<>();

  private Study(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Goes on with a study, or begins one.
   *
   * @param of fingerprint of all that trials depend on beside their parameters
   * @throws TrainingException where the file is of something else, cannot be read, or is in use
   */
  public static Study open(Path path, String of) throws IOException {
    if (path.toAbsolutePath().getParent() != null) {
      Files.createDirectories(path.toAbsolutePath().getParent());
    }
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      Study study = new Study(path, file);
      study.lock();
      study.read(of);
      return study;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void lock() throws IOException {
    boolean isFree;
    try {
      isFree = file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      isFree = false;
    }
    if (!isFree) {
      throw new TrainingException(
          "another search goes on with the study " + path + ": wait for it, or name another file");
    }
  }

  private void read(String of) throws IOException {
    String text = Files.readString(path);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    int length = whole.getBytes(StandardCharsets.UTF_8).length;
    List<String> lines = whole.lines().toList();
    if (lines.isEmpty()) {
      begin(text, of);
      return;
    }
    if (!of.equals(read(lines.get(0), 1, Head.class).study())) {
      throw new TrainingException(
          "the study "
              + path
              + " is of other data, options or folds: name another file with --study, or delete it");
    }
    for (String line : lines.subList(1, lines.size())) {
      trials.add(read(line, trials.size() + 2, Trial.class));
    }
    // Not before it is known to be a study: a file of something else stays as it is.
    file.truncate(length).position(length);
  }

  /**
   * @param text nothing, or a first line that was being written
   */
  private void begin(String text, String of) throws IOException {
    if (!text.startsWith(FIRST) && !FIRST.startsWith(text)) {
      throw noStudy(1);
    }
    file.truncate(0).position(0);
    append(new Head(of));
  }

  private <T> T read(String line, int number, Class<T> kind) {
    try {
      return JSON.readValue(line, kind);
    } catch (JsonProcessingException e) {
      throw noStudy(number);
    }
  }

  private TrainingException noStudy(int line) {
    return new TrainingException(
        "line "
            + line
            + " of the study "
            + path
            + " is none of a study: name another file with --study, or delete it");
  }

  private void append(Object line) throws IOException {
    byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }

  /** All there are, in the order they were made. */
  public List<Trial> trials() {
    return List.copyOf(trials);
  }

  void add(Trial trial) throws IOException {
    append(trial);
    trials.add(trial);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
