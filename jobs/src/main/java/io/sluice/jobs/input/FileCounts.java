package io.sluice.jobs.input;

/**
 * What was given of one file so far. At its end {@code lines} is the sum of the other two, and one
 * more where the file has a header.
 *
 * @param source the base name
 * @param partition the position among all file arguments, from 0
 * @param format what it was said or recognised to be
 * @param lines how many lines were passed
 * @param readable how many rows were given
 * @param deadLetters how many dead letters were given
 */
public record FileCounts(
    String source,
    int partition,
    InputKind kind,
    FileFormat format,
    long lines,
    long readable,
    long deadLetters) {}
