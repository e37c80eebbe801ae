package io.sluice.jobs.input;

import java.nio.file.Path;

/**
 * A file as it was given on the command line.
 *
 * @param path the file: plain, gzip, or a zip of exactly one file
 * @param kind the option it was given with
 * @param partition its position among all file arguments, from 0
 * @param formatOrNull the format it was said to have; null to recognise it
 * @param instrumentOrNull the instrument of its rows where they do not name one; null for what the
 *     format implies
 */
public record InputFile(
    Path path, InputKind kind, int partition, FileFormat formatOrNull, String instrumentOrNull)
    implements Input {

  /** The base name, which is how causes and dead letters name the file. */
  @Override
  public String source() {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }
}
