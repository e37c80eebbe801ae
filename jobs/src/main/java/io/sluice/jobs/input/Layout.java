package io.sluice.jobs.input;

/**
 * What a file turned out to be.
 *
 * @param headerLine the number of the line that names the columns, 0 where there is none
 * @param reader reads the file's other lines
 */
record Layout(FileFormat format, long headerLine, LineReader reader) {}
