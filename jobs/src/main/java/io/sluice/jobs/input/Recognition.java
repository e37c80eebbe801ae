package io.sluice.jobs.input;

import io.sluice.domain.wire.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds out how a file is written. Only files of trades leave a choice, which the first line that
 * is not blank makes; further lines of the first 64 KiB are asked where it is of no use. What is
 * found depends on the file's content, the base name and the two options alone.
 */
final class Recognition {
  private static final long HEAD_BYTES = 64 * 1024;

  private final InputFile file;

  private Recognition(InputFile file) {
    this.file = file;
  }

  static Layout of(InputFile file) throws InputException {
    return new Recognition(file).layout();
  }

  private Layout layout() throws InputException {
    FileFormat named = file.formatOrNull();
    if (file.kind() != InputKind.TRADES && named != null && named != FileFormat.WIRE) {
      throw refused(
          "cannot be " + named.cliName() + " in " + file.kind().option(),
          "that format holds trades, give the file with --trades or leave --format away");
    }
    if (file.kind() != InputKind.TRADES || named == FileFormat.WIRE) {
      return wire();
    }
    try (FileLines lines = FileLines.open(file.path(), 0, 0)) {
      return named == null ? recognised(lines) : checked(named, lines);
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException(
          file.path(), "cannot be closed: " + e.getMessage(), "check the disk");
    }
  }

  private Layout recognised(FileLines lines) throws InputException {
    boolean isFirst = true;
    while (lines.next()) {
      if (!lines.isBlank()) {
        if (startsObject(lines)) {
          return wire();
        }
        Layout csv = isFirst ? csvOf(lines) : null;
        if (csv != null) {
          return csv;
        }
        isFirst = false;
      }
      if (lines.offset() > HEAD_BYTES) {
        break;
      }
    }
    if (isFirst) {
      return wire();
    }
    throw refused(
        "has a first line of no known format",
        "the formats are " + FileFormat.names() + ", name one with --format");
  }

  private Layout csvOf(FileLines lines) throws InputException {
    for (FileFormat format : FileFormat.values()) {
      Layout layout = csvOf(format, lines, true);
      if (layout != null) {
        return layout;
      }
    }
    return null;
  }

  /**
   * The user's word stands; the lines say how many columns there are and whether they are named.
   */
  private Layout checked(FileFormat format, FileLines lines) throws InputException {
    boolean isFirst = true;
    while (lines.next()) {
      if (!lines.isBlank()) {
        Layout layout = csvOf(format, lines, isFirst);
        if (layout != null) {
          return layout;
        }
        if (isFirst && format == FileFormat.TARDIS_TRADES) {
          return tardis(columns(lines), lines.number());
        }
        isFirst = false;
      }
      if (lines.offset() > HEAD_BYTES) {
        break;
      }
    }
    if (isFirst) {
      return wire();
    }
    throw refused(
        "has no line of " + format.cliName() + " in its first 64 KiB",
        "the formats are " + FileFormat.names() + ", name another or leave --format away");
  }

  /** The layout if the line is the format's header or a row of it, else null. */
  private Layout csvOf(FileFormat format, FileLines line, boolean mayBeHeader)
      throws InputException {
    List<String> columns = columns(line);
    long header = mayBeHeader ? line.number() : Layout.NO_HEADER;
    return switch (format) {
      case WIRE -> null;
      case BITSTAMP -> bitstamp(columns, header);
      case BINANCE_TRADES -> binance(format, BinanceRows.Columns.TRADES, columns, header);
      case BINANCE_AGG_TRADES -> binance(format, BinanceRows.Columns.AGG_TRADES, columns, header);
      case TARDIS_TRADES ->
          mayBeHeader && looksLikeTardis(columns) ? tardis(columns, line.number()) : null;
    };
  }

  private Layout wire() {
    InputKind kind = file.kind();
    return new Layout(
        FileFormat.WIRE,
        Layout.NO_HEADER,
        new WireLines(
            kind.accepted(), kind.expected() + " line in a file given with " + kind.option()));
  }

  private Layout bitstamp(List<String> columns, long header) throws InputException {
    boolean isHeader = header > 0 && columns.equals(List.of("timestamp", "price", "amount"));
    boolean isRow = columns.size() == BitstampRows.COLUMNS && isWhole(columns.get(0));
    return isHeader || isRow
        ? new Layout(
            FileFormat.BITSTAMP,
            isHeader ? header : Layout.NO_HEADER,
            new BitstampRows(instrument(BitstampRows.INSTRUMENT)))
        : null;
  }

  private Layout binance(
      FileFormat format, BinanceRows.Columns places, List<String> columns, long header)
      throws InputException {
    if (!places.takes(columns.size())) {
      return null;
    }
    String maker = columns.get(places.maker);
    boolean isHeader =
        header > 0
            && named(columns.get(0), places.id)
            && columns.get(1).equals("price")
            && columns.get(places.time).contains("time")
            && named(maker, "is_buyer_maker");
    boolean isRow =
        isWhole(columns.get(0))
            && isWhole(columns.get(places.time))
            && (maker.equals("true") || maker.equals("false"));
    return isHeader || isRow
        ? new Layout(
            format,
            isHeader ? header : Layout.NO_HEADER,
            new BinanceRows(
                places, columns.size(), instrument(BinanceRows.instrumentOf(file.source()))))
        : null;
  }

  private Layout tardis(List<String> columns, long header) throws InputException {
    for (String column : TardisRows.COLUMNS) {
      if (!columns.contains(column)) {
        throw refused(
            "has no column " + column + " in its header",
            FileFormat.TARDIS_TRADES.cliName() + " needs " + String.join(",", TardisRows.COLUMNS));
      }
    }
    return new Layout(FileFormat.TARDIS_TRADES, header, new TardisRows(columns));
  }

  private static boolean looksLikeTardis(List<String> columns) {
    return (columns.contains("exchange") || columns.contains("symbol"))
        && columns.stream().filter(TardisRows.COLUMNS::contains).count() >= 3;
  }

  private String instrument(String implied) throws InputException {
    String instrument = file.instrumentOrNull() == null ? implied : file.instrumentOrNull();
    if (instrument == null) {
      throw refused(
          "does not say its instrument by its name (as BTCUSDT-trades-2025-10-10.csv does)",
          "name it with --instrument, e.g. BINANCE:BTCUSDT");
    }
    if (!Fields.isId(instrument)) {
      throw refused("cannot have an instrument of that length", "use 1 to 128 characters");
    }
    return instrument;
  }

  private static boolean startsObject(FileLines line) {
    int i = line.from();
    while (line.bytes()[i] >= 0 && line.bytes()[i] <= ' ') {
      i++;
    }
    return line.bytes()[i] == '{';
  }

  private static List<String> columns(FileLines line) {
    String text =
        new String(line.bytes(), line.from(), line.to() - line.from(), StandardCharsets.ISO_8859_1);
    return Arrays.stream(text.split(",", -1))
        .map(column -> column.trim().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Binance writes some of its headers with underscores and some in camel case. */
  private static boolean named(String column, String name) {
    return column.replace("_", "").equals(name.replace("_", ""));
  }

  private static boolean isWhole(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private InputException refused(String wrong, String remedy) {
    return new InputException(file.path(), wrong, remedy);
  }
}
