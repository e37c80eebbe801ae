package io.sluice.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FormatsTest {
  private static final String SPOT = "BTCUSDT-trades-2025-10-10.csv";
  private static final String AGG = "ETHUSDT-aggTrades-2025-10.csv";
  @TempDir Path folder;

  /** File name, content, and the two trades it holds. */
  private record Case(String name, String content, Trade... trades) {
    @Override
    public String toString() {
      return name + ": " + content.lines().findFirst().orElse("");
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(
              "wire.jsonl",
              "{\"type\":\"trade\",\"instrument\":\"X:Y\",\"trade_id\":\"7\",\"price\":\"2\",\"qty\":\"3\","
                  + "\"aggressor\":\"SELL\",\"event_time_us\":5,\"receive_time_us\":6}\n"
                  + "{\"type\":\"trade\",\"instrument\":\"X:Y\",\"price\":\"2.5\",\"qty\":\"1\","
                  + "\"event_time_us\":9}\n",
              trade("X:Y", "7", "2", "3", Aggressor.SELL, 5, 6L),
              trade("X:Y", null, "2.5", "1", Aggressor.UNKNOWN, 9, null)),
          new Case(
              "some.csv",
              "timestamp,price,amount\r\n1400000000,800.500000000000,0.250000000000\r\n"
                  + "1400000007,801.000000000000,1.000000000000\r\n",
              trade("BITSTAMP:BTCUSD", null, "800.5", "0.25", Aggressor.UNKNOWN, 1400000000000000L),
              trade("BITSTAMP:BTCUSD", null, "801", "1", Aggressor.UNKNOWN, 1400000007000000L)),
          new Case(
              "bare.csv",
              "1400000000,800.5,0.25\n1400000007,801,1",
              trade("BITSTAMP:BTCUSD", null, "800.5", "0.25", Aggressor.UNKNOWN, 1400000000000000L),
              trade("BITSTAMP:BTCUSD", null, "801", "1", Aggressor.UNKNOWN, 1400000007000000L)),
          new Case(
              SPOT,
              "11,100.50000000,0.20000000,20.10000000,1760000000000001,True,True\n"
                  + "12,100.51000000,0.00000000,0.00000000,1760000000000002,False,True\n",
              trade("BINANCE:BTCUSDT", "11", "100.5", "0.2", Aggressor.SELL, 1760000000000001L),
              trade("BINANCE:BTCUSDT", "12", "100.51", "0", Aggressor.BUY, 1760000000000002L)),
          new Case(
              SPOT,
              "\ufeffid,price,qty,quoteQty,time,isBuyerMaker,isBestMatch\n"
                  + "11,100.5,0.2,20.1,1660000000001,true,true\n"
                  + "12,100.51,1,100.51,1660000000002,false,true\n",
              trade("BINANCE:BTCUSDT", "11", "100.5", "0.2", Aggressor.SELL, 1660000000001000L),
              trade("BINANCE:BTCUSDT", "12", "100.51", "1", Aggressor.BUY, 1660000000002000L)),
          new Case(
              "BTCUSDT_260327-trades-2025-10-10.csv",
              "id,price,qty,quote_qty,time,is_buyer_maker\n"
                  + "11,100.5,0.2,20.1,1760000000001,TRUE\n"
                  + "12,100.51,1,100.51,1760000000002,FALSE",
              trade(
                  "BINANCE:BTCUSDT_260327",
                  "11",
                  "100.5",
                  "0.2",
                  Aggressor.SELL,
                  1760000000001000L),
              trade(
                  "BINANCE:BTCUSDT_260327", "12", "100.51", "1", Aggressor.BUY, 1760000000002000L)),
          new Case(
              AGG,
              "21,4000.5,0.2,31,33,1760000000000001,true,true\r\n"
                  + "22,4000.6,1.0,34,34,1760000000000002,false,true\r\n",
              trade("BINANCE:ETHUSDT", "21", "4000.5", "0.2", Aggressor.SELL, 1760000000000001L),
              trade("BINANCE:ETHUSDT", "22", "4000.6", "1", Aggressor.BUY, 1760000000000002L)),
          new Case(
              AGG,
              "agg_trade_id,price,qty,first_id,last_id,time,is_buyer_maker,is_best_match\n"
                  + "21,4000.5,0.2,31,33,1760000000001,True,True\n"
                  + "22,4000.6,1,34,34,1760000000002,False,True\n",
              trade("BINANCE:ETHUSDT", "21", "4000.5", "0.2", Aggressor.SELL, 1760000000001000L),
              trade("BINANCE:ETHUSDT", "22", "4000.6", "1", Aggressor.BUY, 1760000000002000L)),
          new Case(
              AGG,
              "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n"
                  + "21,4000.5,0.2,31,33,1760000000001,true\n"
                  + "22,4000.6,1,34,34,1760000000002,false\n",
              trade("BINANCE:ETHUSDT", "21", "4000.5", "0.2", Aggressor.SELL, 1760000000001000L),
              trade("BINANCE:ETHUSDT", "22", "4000.6", "1", Aggressor.BUY, 1760000000002000L)),
          new Case(
              AGG,
              "21,4000.5,0.2,31,33,1760000000001,true\n22,4000.6,1,34,34,1760000000002,false\n",
              trade("BINANCE:ETHUSDT", "21", "4000.5", "0.2", Aggressor.SELL, 1760000000001000L),
              trade("BINANCE:ETHUSDT", "22", "4000.6", "1", Aggressor.BUY, 1760000000002000L)),
          new Case(
              "tardis.csv",
              "exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n"
                  + "binance-futures,btcusdt,1600000000000001,1600000000000900,x-1,buy,1e-05,10\n"
                  + "deribit,BTC-PERPETUAL,1600000000000002,1600000000000901,,unknown,10.50,2E2\n",
              trade(
                  "BINANCE-FUTURES:BTCUSDT",
                  "x-1",
                  "0.00001",
                  "10",
                  Aggressor.BUY,
                  1600000000000001L,
                  1600000000000900L),
              trade(
                  "DERIBIT:BTC-PERPETUAL",
                  null,
                  "10.5",
                  "200",
                  Aggressor.UNKNOWN,
                  1600000000000002L,
                  1600000000000901L)),
          new Case(
              "tardis.csv",
              "amount,price,side,more,id,local_timestamp,timestamp,symbol,exchange\n"
                  + "10,2,sell,,1,1600000000000900,1600000000000001,a,v\n"
                  + "10,2,buy,?,2,1600000000000901,1600000000000002,b,v\n",
              trade("V:A", "1", "2", "10", Aggressor.SELL, 1600000000000001L, 1600000000000900L),
              trade("V:B", "2", "2", "10", Aggressor.BUY, 1600000000000002L, 1600000000000901L)));

  static Stream<Arguments> casesPacked() {
    return CASES.stream()
        .flatMap(each -> Stream.of(Packing.values()).map(packing -> Arguments.of(each, packing)));
  }

  @ParameterizedTest
  @MethodSource("casesPacked")
  void isRecognisedAndRead(Case each, Packing packing) throws IOException {
    InputFile file = Given.trades(packing.write(folder, each.name, each.content));

    assertThat(Given.messages(file)).containsExactly(each.trades);
    assertThat(Given.deadLetters(file)).isEmpty();
  }

  @Test
  void theGivenInstrumentCountsMoreThanTheImpliedOne() throws IOException {
    Path bitstamp = Packing.PLAIN.write(folder, "b.csv", "1400000000,1,1\n");
    Path binance = Packing.PLAIN.write(folder, SPOT, "1,1,1,1,1760000000001,true,true\n");

    for (Path path : List.of(bitstamp, binance)) {
      InputFile file = new InputFile(path, InputKind.TRADES, 0, null, "V:OTHER");
      assertThat(((Trade) Given.messages(file).get(0)).instrument()).isEqualTo("V:OTHER");
    }
  }

  @Test
  void aMalformedRowIsOneDeadLetterWithReasonFieldAndBytes() throws IOException {
    String good = "11,100.5,0.2,20.1,1760000000001,true,true";
    Path path =
        Packing.PLAIN.write(
            folder,
            SPOT,
            Given.lines(
                good,
                "11,100.5,0.2",
                good + ",1",
                "x,100.5,0.2,20.1,1760000000001,true,true",
                "11,0,0.2,20.1,1760000000001,true,true",
                "11,abc,0.2,20.1,1760000000001,true,true",
                "11,100.5,-1,20.1,1760000000001,true,true",
                "11,100.5,0.2,20.1,176000000000,true,true",
                "11,100.5,0.2,20.1,1760000000001,tRUE,true",
                "",
                "id,price,qty,quoteQty,time,isBuyerMaker,isBestMatch",
                good));

    List<DeadLetter> letters = Given.deadLetters(Given.trades(path));

    assertThat(Given.messages(Given.trades(path))).hasSize(2);
    assertThat(letters)
        .extracting(DeadLetter::offset)
        .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .containsExactly(
            "3 columns, expected 7",
            "8 columns, expected 7",
            "id is \"x\", expected a whole number",
            "price is \"0\", expected a decimal above 0",
            "price is \"abc\", expected a decimal above 0",
            "qty is \"-1\", expected a decimal of at least 0",
            "time is \"176000000000\", expected epoch milliseconds (13 digits) or microseconds"
                + " (16 digits)",
            "is_buyer_maker is \"tRUE\", expected true or false",
            "an empty line",
            "id is \"id\", expected a whole number");
    assertThat(letters)
        .extracting(DeadLetter::field)
        .containsExactly(
            null, null, "id", "price", "price", "qty", "time", "is_buyer_maker", null, "id");
    assertThat(Given.text(letters.get(0))).isEqualTo("11,100.5,0.2");
    assertThat(letters).allMatch(letter -> letter.source().equals(SPOT) && !letter.truncated());
  }

  @Test
  void badStampsSidesAndNamesOfTheOtherFormats() throws IOException {
    Path bitstamp =
        Packing.PLAIN.write(folder, "b.csv", "1400000000,1,1\n1400000000000,1,1\n-1,1,1\n");
    Path tardis =
        Packing.PLAIN.write(
            folder,
            "t.csv",
            Given.lines(
                "exchange,symbol,timestamp,local_timestamp,id,side,price,amount",
                "v,s,1.5,2,1,buy,1,1",
                "v,s,1,,1,buy,1,1",
                "v,s,1,2,1,BUY,1,1",
                "v,,1,2,1,buy,1,1",
                "v,s,1,2,1,buy,1e-99,1"));

    assertThat(Given.deadLetters(Given.trades(bitstamp)))
        .extracting(DeadLetter::field)
        .containsExactly("timestamp", "timestamp");
    assertThat(Given.deadLetters(Given.trades(tardis)))
        .extracting(DeadLetter::field)
        .containsExactly("timestamp", "local_timestamp", "side", "symbol", "price");
    assertThat(Given.messages(Given.trades(tardis))).isEmpty();
  }

  @Test
  void aTextThatIsNotUtf8IsADeadLetterAndOtherLettersAreKept() throws IOException {
    byte[] head =
        "exchange,symbol,timestamp,local_timestamp,id,side,price,amount\nv,s,1,2,"
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = ",buy,1,1\nv,\u00e4,1,2,\u20ac,buy,1,1\n".getBytes(StandardCharsets.UTF_8);
    byte[] content = new byte[head.length + 1 + tail.length];
    System.arraycopy(head, 0, content, 0, head.length);
    content[head.length] = (byte) 0xff;
    System.arraycopy(tail, 0, content, head.length + 1, tail.length);
    InputFile file = Given.trades(Packing.PLAIN.write(folder, "t.csv", content));

    assertThat(Given.deadLetters(file)).extracting(DeadLetter::field).containsExactly("id");
    Message trade = Given.messages(file).get(0);
    assertThat(((Trade) trade).instrument()).isEqualTo("V:\u00c4");
    assertThat(((Trade) trade).tradeId()).isEqualTo("\u20ac");
  }

  private static Trade trade(
      String instrument, String id, String price, String qty, Aggressor side, long timeUs) {
    return trade(instrument, id, price, qty, side, timeUs, null);
  }

  private static Trade trade(
      String instrument,
      String id,
      String price,
      String qty,
      Aggressor side,
      long timeUs,
      Long receiveUs) {
    return new Trade(
        instrument, id, new BigDecimal(price), new BigDecimal(qty), side, timeUs, receiveUs);
  }
}
