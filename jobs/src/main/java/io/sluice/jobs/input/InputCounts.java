package io.sluice.jobs.input;

/**
 * What was given of one input so far. At its end {@code lines} is the sum of the other two, and one
 * more where it is a file with a header.
 *
 * @param source the file's base name or the topic
 * @param partition the file's position among all file arguments or the topic's partition, from 0
 * @param format what it was said or recognised to be
 * @param lines how many lines were passed
 * @param readable how many rows were given
 * @param deadLetters how many dead letters were given
 */
public record InputCounts(
    String source,
    int partition,
    InputKind kind,
    FileFormat format,
    long lines,
    long readable,
    long deadLetters) {}
