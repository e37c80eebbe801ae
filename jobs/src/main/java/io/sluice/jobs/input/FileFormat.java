package io.sluice.jobs.input;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the lines of a file are written. Every kind of file can be {@link #WIRE}, only trades the
 * others.
 */
public enum FileFormat {
  /** One JSON object a line. */
  WIRE("wire"),
  /** {@code timestamp,price,amount}, seconds. */
  BITSTAMP("bitstamp"),
  /** Binance's trades, spot and futures, milliseconds or microseconds. */
  BINANCE_TRADES("binance-trades"),
  /** Binance's aggregated trades, spot and futures, milliseconds or microseconds. */
  BINANCE_AGG_TRADES("binance-aggtrades"),
  /** Tardis' trades, microseconds, columns found by their names. */
  TARDIS_TRADES("tardis-trades");

  private final String cliName;

  FileFormat(String cliName) {
    this.cliName = cliName;
  }

  /** The name as it is typed behind {@code --format}. */
  public String cliName() {
    return cliName;
  }

  /** The format of that name, or nothing where there is none. */
  public static Optional<FileFormat> named(String cliName) {
    return Arrays.stream(values()).filter(format -> format.cliName.equals(cliName)).findFirst();
  }

  /** All names, {@code wire, bitstamp, ...}. */
  public static String names() {
    return Arrays.stream(values()).map(FileFormat::cliName).collect(Collectors.joining(", "));
  }
}
