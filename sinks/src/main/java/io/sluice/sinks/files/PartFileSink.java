package io.sluice.sinks.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes lines at least once into part files, for {@link OutputAssembly} to make the output files
 * of.
 *
 * <p>Every attempt of every subtask writes a new part file of its own and none ever touches
 * another's. A checkpoint completes only when all lines before it are on disk, so a job resumed
 * from a checkpoint loses none, and what it emits again stands in two parts. No state is kept.
 *
 * <p>The folder belongs to one run and its resumptions: a run that starts afresh needs an empty
 * one, and a run that resumes needs that of the run it resumes. All task managers must see it.
 */
public final class PartFileSink implements Sink<OutputLine> {
  private static final long serialVersionUID = 1L;

  /** A string, because paths are not serializable. */
  private final String scratchDir;

  /**
   * @param scratchDir the folder of the parts; created when the job starts
   */
  public PartFileSink(Path scratchDir) {
    this.scratchDir = scratchDir.toString();
  }

  @Override
  public SinkWriter<OutputLine> createWriter(WriterInitContext context) throws IOException {
    Folder scratch = new Folder(Path.of(scratchDir)).create();
    TaskInfo task = context.getTaskInfo();
    // Attempts are counted from 0 again by a process that resumes: only the UUID tells them apart.
    String name =
        PartFormat.PREFIX
            + task.getIndexOfThisSubtask()
            + "-"
            + task.getAttemptNumber()
            + "-"
            + UUID.randomUUID()
            + PartFormat.SUFFIX;
    PartWriter part = PartWriter.create(scratch.path().resolve(name));
    scratch.force();
    return new Writer(part);
  }

  private record Writer(PartWriter part) implements SinkWriter<OutputLine> {
    @Override
    public void write(OutputLine line, Context context) throws IOException {
      part.append(line);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      part.sync();
    }

    @Override
    public void close() throws IOException {
      part.close();
    }
  }
}
