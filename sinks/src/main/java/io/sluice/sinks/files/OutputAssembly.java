package io.sluice.sinks.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes the output files of a finished run out of its parts.
 *
 * <pre>{@code
 * try (OutputAssembly assembly = OutputAssembly.into(outDir)) {
 *   assembly.assemble(scratchDir, counts);
 *   assembly.write("summary.json", counts.toJson());
 *   assembly.publish();
 * }
 * }</pre>
 *
 * <p>All files appear at {@link #publish}, and replace those of an earlier run only then; closed
 * without it the output folder is as it was. Takes about 150 MB of heap whatever the lines come to,
 * and as much disk in the scratch folder as the parts.
 */
public final class OutputAssembly implements Closeable {
  /** Large enough that ten million lines make some fifty runs. */
  private static final long SORT_MEMORY_BYTES = 128L << 20;

  private final StagedFiles staged;
  private final long sortMemoryBytes;

  OutputAssembly(Path outDir, long sortMemoryBytes) {
    this.staged = new StagedFiles(outDir);
    this.sortMemoryBytes = sortMemoryBytes;
  }

  /**
   * Opens the output folder, creating it if missing.
   *
   * @throws IOException as {@link #checkWritable} does
   */
  public static OutputAssembly into(Path outDir) throws IOException {
    checkWritable(outDir);
    return new OutputAssembly(outDir, SORT_MEMORY_BYTES);
  }

  /**
   * Creates the folder if missing and tries whether a file can be made in it; to be asked before
   * the work whose results go there.
   *
   * @throws IOException naming the folder and what is in the way
   */
  public static void checkWritable(Path outDir) throws IOException {
    new Folder(outDir).checkWritable();
  }

  /**
   * Sorts the lines of all parts by file and key, drops exact repeats, and writes each file, empty
   * if it has no lines and is one of those that are always there, under a temporary name. What a
   * killed process wrote behind the last point it made safe is passed over where it is torn: the
   * resumed run has emitted it again.
   *
   * @param visitor called for each line that is written, in order
   * @throws OutputConflictException if two different lines of a file have the same key
   * @throws DamagedPartException if a part lost lines that were safe on disk
   * @throws IOException also if the scratch folder holds no part at all, which a run always leaves
   */
  public void assemble(Path scratchDir, LineVisitor visitor) throws IOException {
    try (LineSorter sorter = new LineSorter(scratchDir, sortMemoryBytes)) {
      for (Path part : parts(scratchDir)) {
        try (PartReader reader = PartReader.open(part)) {
          for (OutputLine line = reader.next(); line != null; line = reader.next()) {
            sorter.add(line);
          }
        }
      }
      DistinctLines lines = new DistinctLines(sorter);
      for (OutputFile file : OutputFile.values()) {
        boolean hasLines = lines.head() != null && lines.head().file() == file;
        if (!hasLines && !file.isAlwaysThere()) {
          continue;
        }
        staged.write(file.fileName(), out -> writeLines(file, lines, out, visitor));
      }
    }
  }

  /**
   * Writes one more file, to appear together with the others, after them.
   *
   * @param name its name in the output folder
   */
  public void write(String name, byte[] content) throws IOException {
    staged.write(name, out -> out.write(content));
  }

  /**
   * Gives every file its final name. Each rename is atomic and nothing half-written ever has a
   * final name; a process killed between two renames leaves some files new and some old.
   *
   * @throws IOException before any rename, if a folder stands where a file should
   */
  public void publish() throws IOException {
    staged.publish();
  }

  /** Removes what was written and not published. */
  @Override
  public void close() throws IOException {
    staged.close();
  }

  private static void writeLines(
      OutputFile file, DistinctLines lines, OutputStream out, LineVisitor visitor)
      throws IOException {
    while (lines.head() != null && lines.head().file() == file) {
      byte[] line = lines.head().line();
      out.write(line);
      out.write('\n');
      visitor.visit(file, line);
      lines.advance();
    }
  }

  private static List<Path> parts(Path scratchDir) throws IOException {
    List<Path> parts = new ArrayList<>();
    String glob = PartFormat.PREFIX + "*" + PartFormat.SUFFIX;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(scratchDir, glob)) {
      files.forEach(parts::add);
    }
    if (parts.isEmpty()) {
      throw new IOException("no part files in " + scratchDir + ": no job has written there");
    }
    // Not for the result, which any order gives, but for the same error on every run.
    Collections.sort(parts);
    return parts;
  }
}
