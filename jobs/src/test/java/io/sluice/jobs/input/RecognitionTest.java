package io.sluice.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecognitionTest {
  private static final String SPOT_ROW = "1,1,1,1,1760000000001,true,true\n";
  @TempDir Path folder;

  @Test
  void namesOfFormatsAreThoseOfTheCommandLine() {
    assertThat(FileFormat.names())
        .isEqualTo("wire, bitstamp, binance-trades, binance-aggtrades, tardis-trades");
    assertThat(FileFormat.named("binance-aggtrades")).contains(FileFormat.BINANCE_AGG_TRADES);
    assertThat(FileFormat.named("WIRE")).isEmpty();
  }

  @Test
  void aFirstLineOfNoFormatStopsAndListsTheFormats() throws IOException {
    Path path = Packing.PLAIN.write(folder, "x.csv", "open,high,low,close\n1,2,3,4\n");

    assertThatThrownBy(() -> Recognition.of(Given.trades(path)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            path
                + " has a first line of no known format; the formats are wire, bitstamp,"
                + " binance-trades, binance-aggtrades, tardis-trades, name one with --format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \n\t\r\n", "\ufeff"})
  void aFileWithoutTextIsFine(String content) throws IOException {
    Path path = Packing.PLAIN.write(folder, "x", content);

    assertThat(Given.messages(Given.trades(path))).isEmpty();
    for (FileFormat format : FileFormat.values()) {
      assertThat(Given.messages(named(path, format))).isEmpty();
    }
  }

  @Test
  void blankLinesBeforeTheFirstAreDeadLettersOnly() throws IOException {
    Path path = Packing.PLAIN.write(folder, "x", "\n \ntimestamp,price,amount\n1400000000,1,1\n");

    assertThat(Given.messages(Given.trades(path))).hasSize(1);
    assertThat(Given.deadLetters(Given.trades(path))).hasSize(2);
  }

  @Test
  void garbageBeforeAnObjectInTheFirst64KiBDoesNotStop() throws IOException {
    Path path = Packing.PLAIN.write(folder, "x", "garbage\n# more\n  " + Given.trade(5) + "\n");
    Path late =
        Packing.PLAIN.write(folder, "late", "garbage\n".repeat(9000) + Given.trade(5) + "\n");

    assertThat(Given.messages(Given.trades(path))).hasSize(1);
    assertThat(Given.deadLetters(Given.trades(path))).hasSize(2);
    assertThatThrownBy(() -> Recognition.of(Given.trades(late))).isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @EnumSource(value = InputKind.class, mode = EnumSource.Mode.EXCLUDE, names = "TRADES")
  void otherKindsAreWireWhateverTheirFirstLine(InputKind kind) throws IOException {
    Path path = Packing.PLAIN.write(folder, "x", "garbage\n1400000000,1,1\n");

    assertThat(Given.deadLetters(Given.file(path, kind, 0))).hasSize(2);
    InputFile wire = new InputFile(path, kind, 0, FileFormat.WIRE, null);
    assertThat(Given.deadLetters(wire)).hasSize(2);
  }

  @Test
  void otherKindsRefuseTheFormatsOfTrades() throws IOException {
    Path path = Packing.PLAIN.write(folder, "x", "");
    InputFile file = new InputFile(path, InputKind.QUOTES, 0, FileFormat.BITSTAMP, null);

    assertThatThrownBy(() -> Recognition.of(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be bitstamp in --quotes");
  }

  @Test
  void binanceWithoutAnInstrumentSaysHowToNameIt() throws IOException {
    Path path = Packing.PLAIN.write(folder, "trades.csv", SPOT_ROW);

    assertThatThrownBy(() -> Recognition.of(Given.trades(path)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(path + " does not say its instrument by its name")
        .hasMessageEndingWith("; name it with --instrument, e.g. BINANCE:BTCUSDT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "far too long"})
  void anInstrumentOfNoOrTooManyCharactersIsRefused(String instrument) throws IOException {
    Path path = Packing.PLAIN.write(folder, "trades.csv", SPOT_ROW);
    InputFile file =
        new InputFile(path, InputKind.TRADES, 0, null, instrument.repeat(instrument.length()));

    assertThatThrownBy(() -> Recognition.of(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1 to 128 characters");
  }

  @Test
  void instrumentsComeFromBinancesOwnFileNames() {
    assertThat(BinanceRows.instrumentOf("BTCUSDT-trades-2025-10-10.csv"))
        .isEqualTo("BINANCE:BTCUSDT");
    assertThat(BinanceRows.instrumentOf("BTCUSD_PERP-aggTrades-2025-10.zip"))
        .isEqualTo("BINANCE:BTCUSD_PERP");
    assertThat(BinanceRows.instrumentOf("1000SATSUSDT-trades-2025-10-10.csv.gz"))
        .isEqualTo("BINANCE:1000SATSUSDT");
    assertThat(BinanceRows.instrumentOf("BTCUSDT-klines-2025-10-10.csv")).isNull();
    assertThat(BinanceRows.instrumentOf("my-BTCUSDT-trades-2025-10-10.csv")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exchange",
        "symbol",
        "timestamp",
        "local_timestamp",
        "id",
        "side",
        "price",
        "amount"
      })
  void aMissingTardisColumnIsNamed(String missing) throws IOException {
    String header = "exchange,symbol,timestamp,local_timestamp,id,side,price,amount,more";
    String lacking = ("," + header + ",").replace("," + missing + ",", ",other,");
    Path path =
        Packing.PLAIN.write(folder, "t.csv", lacking.substring(1, lacking.length() - 1) + "\n");

    for (InputFile file :
        new InputFile[] {Given.trades(path), named(path, FileFormat.TARDIS_TRADES)}) {
      assertThatThrownBy(() -> Recognition.of(file))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has no column " + missing + " in its header; tardis-trades needs");
    }
  }

  @Test
  void aNamedFormatSurvivesABadFirstLine() throws IOException {
    Path path = Packing.PLAIN.write(folder, "BTCUSDT-trades-2025-10-10.csv", "bad\n" + SPOT_ROW);

    assertThatThrownBy(() -> Recognition.of(Given.trades(path))).isInstanceOf(InputException.class);
    assertThat(Given.messages(named(path, FileFormat.BINANCE_TRADES))).hasSize(1);
    assertThat(Given.deadLetters(named(path, FileFormat.BINANCE_TRADES))).hasSize(1);
  }

  @Test
  void aNamedFormatThatNoLineHasStops() throws IOException {
    Path path = Packing.PLAIN.write(folder, "BTCUSDT-trades-2025-10-10.csv", SPOT_ROW);

    assertThatThrownBy(() -> Recognition.of(named(path, FileFormat.BINANCE_AGG_TRADES)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no line of binance-aggtrades in its first 64 KiB");
  }

  private static InputFile named(Path path, FileFormat format) {
    return new InputFile(path, InputKind.TRADES, 0, format, null);
  }
}
