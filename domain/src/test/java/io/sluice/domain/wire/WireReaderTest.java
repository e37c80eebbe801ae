package io.sluice.domain.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the wire carries, line by line. */
class WireReaderTest {
  private static final String INTENT =
      "{'type':'intent','intent_id':'i-1','action':'NEW','target_intent_id':null,'account':'demo',"
          + "'strategy':'s','instrument':'X:BTC','side':'BUY','order_type':'LIMIT','qty':'0.5',"
          + "'limit_price':'100','time_in_force':'GTC','reduce_only':false,'confidence':0.25,"
          + "'expected_return':null,'event_time_us':7}";

  private static byte[] line(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static Message read(String text) throws UnreadableException {
    return WireReader.read(line(text));
  }

  static List<String> lines() {
    return List.of(
        INTENT,
        INTENT.replace(
            "}",
            ",'stop_loss':'90','take_profit':'120.5','confirmations':{'1h':'SELL','5m':'BUY'}}"),
        INTENT.replace("}", ",'drift':0.5,'contributions':{'a@1m':-0.25,'b@1m':1.5}}"),
        "{'type':'trade','instrument':'X:BTC','trade_id':null,'price':'1','qty':'0',"
            + "'aggressor':'UNKNOWN','event_time_us':1,'receive_time_us':null}",
        "{'type':'trade','instrument':'X:BTC','trade_id':'é','price':'800.01','qty':'0.1',"
            + "'aggressor':'SELL','event_time_us':1,'receive_time_us':2}",
        "{'type':'quote','instrument':'X:BTC','bid':'1','bid_qty':'2','ask':null,'ask_qty':null,"
            + "'event_time_us':1,'receive_time_us':2}",
        "{'type':'fill','fill_id':'f','intent_id':null,'account':'demo','strategy':null,"
            + "'instrument':'X:BTC','side':'SELL','qty':'0.5','price':'800.5','fee':'-0.1',"
            + "'fee_currency':'USD','event_time_us':1}",
        "{'type':'order','intent_id':'i','account':'demo','instrument':'X:BTC',"
            + "'status':'CANCELLED','cum_qty':'0','leaves_qty':'0','event_time_us':1}",
        "{'type':'account','account':'demo','currency':'USD','cash':'-1','positions':"
            + "[{'instrument':'X:BTC','qty':'-1','avg_price':'800'}],'event_time_us':1}",
        "{'type':'venue','venue':'X','status':'RATE_LIMITED','event_time_us':1}",
        "{'type':'control','command_id':'c','command':'SET_LIMITS','scope':'firm','body':"
            + "{'a':[1,2.5],'max_qty':'1'},'issued_by':null,'reason':'😀','event_time_us':1,"
            + "'effective_at_us':5,'expires_at_us':null,'signatures':['x']}");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void canonical_lines_read_back_to_the_same_bytes(String line) throws Exception {
    Message message = read(line);

    assertThat(new String(message.toJson(), StandardCharsets.UTF_8))
        .isEqualTo(line.replace('\'', '"'));
    assertThat(WireReader.recorded(StrictJson.trusted(message.toJson()))).isEqualTo(message);
  }

  @Test
  void what_is_made_inside_reads_back_too_and_not_from_outside() throws Exception {
    BigDecimal one = BigDecimal.ONE;
    List<Message> inside =
        List.of(
            new ClockTick(5L),
            new Mark("X:BTC", one, one, one, 1L, null, true, 2, 3),
            new PaperTick("i", "demo", "X:BTC", PaperTick.Status.EXPIRED, null, null, 4L));
    for (Message message : inside) {
      assertThat(WireReader.recorded(StrictJson.trusted(message.toJson()))).isEqualTo(message);
      assertThatThrownBy(() -> WireReader.read(message.toJson()))
          .isInstanceOf(UnreadableException.class);
    }
  }

  @Test
  void unknown_fields_are_ignored_and_absent_ones_default() throws Exception {
    Trade trade =
        (Trade)
            read(
                "{'x':{'y':1},'event_time_us':1,'qty':'1','price':'2','instrument':'I','type':'trade'}");
    assertThat(trade)
        .isEqualTo(
            new Trade("I", null, new BigDecimal("2"), BigDecimal.ONE, Aggressor.UNKNOWN, 1L, null));
  }

  @ParameterizedTest
  @CsvSource({
    "price, 1, price is 1",
    "price, \"0\", price is \"\"0\"\"",
    "qty, \"-1\", qty is",
    "event_time_us, \"1\", event_time_us is",
    "event_time_us, 1.0, event_time_us is",
    "event_time_us, -1, event_time_us is",
    "event_time_us, 9223372036854775808, event_time_us is",
    "instrument, \"\", instrument is",
    "aggressor, \"buy\", aggressor is",
    "type, \"clock\", type is"
  })
  void a_wrong_field_is_named(String field, String value, String why) throws Exception {
    String plain =
        "{\"type\":\"trade\",\"instrument\":\"I\",\"price\":\"2\",\"qty\":\"1\",\"aggressor\":\"BUY\","
            + "\"event_time_us\":1}";
    String wrong =
        plain.replaceAll("\"" + field + "\":(\"[^\"]*\"|\\d+)", "\"" + field + "\":" + value);
    assertThat(wrong).isNotEqualTo(plain);
    assertThatThrownBy(() -> WireReader.read(wrong.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            UnreadableException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessageContaining(why.split("\"")[0].trim())
        .hasMessageContaining("expected");
  }

  @Property(tries = 500)
  void the_fast_path_of_market_data_reads_what_the_slow_one_does(
      @ForAll String instrument,
      @ForAll @LongRange(min = 0, max = 1_000_000) long price,
      @ForAll boolean isTrade,
      @ForAll Long receive,
      @ForAll @LongRange(min = 0, max = 20) long shape)
      throws UnreadableException {
    String id =
        shape == 0
            ? ""
            : instrument
                .codePoints()
                .limit(40)
                .filter(c -> c > 31 && c != '"' && c != '\\' && (c < 0xd800 || c > 0xdfff))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    String number = BigDecimal.valueOf(price, (int) (shape % 4)).toPlainString();
    String decimal = shape == 1 ? number : '"' + number + '"';
    String text =
        isTrade
            ? "{\"type\":\"trade\",\"instrument\":\""
                + id
                + "\",\"price\":"
                + decimal
                + ",\"qty\":\"1\",\"aggressor\":"
                + (shape == 2 ? "null" : "\"BUY\"")
            : "{\"type\":\"quote\",\"instrument\":\""
                + id
                + "\",\"bid\":"
                + decimal
                + ",\"bid_qty\":\"1\",\"ask\":\"5\",\"ask_qty\":\"0\""
                + (shape == 3 ? ",\"price\":\"x\"" : "");
    byte[] line =
        (text
                + ",\"event_time_us\":"
                + (shape == 4 ? "1.0" : "1")
                + ",\"receive_time_us\":"
                + receive
                + (shape == 5 ? ",\"type\":\"trade\"" : "")
                + "}")
            .getBytes(StandardCharsets.UTF_8);

    Message fast = MarketDataReader.tryRead(line);
    Message slow;
    try {
      slow = WireReader.of(StrictJson.object(line));
    } catch (UnreadableException e) {
      slow = null;
    }
    if (fast != null) {
      assertThat(fast).isEqualTo(slow);
    }
    boolean isPlain = slow != null && id.chars().allMatch(c -> c < 0x80) && shape > 5;
    assertThat(fast != null || !isPlain).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'intent_id':'i-1'|'intent_id':''",
        "'intent_id':'i-1'|'intent_id':1",
        "'intent_id':'i-1',|",
        "'account':'demo'|'account':null",
        "'type':'intent'|'type':'Intent'"
      })
  void an_intent_without_an_id_or_an_account_is_unreadable(String change) {
    String[] parts = change.split("\\|", -1);
    assertThatThrownBy(() -> read(INTENT.replace(parts[0], parts[1])))
        .isInstanceOf(UnreadableException.class);
  }

  @Test
  void an_id_has_at_most_128_characters() throws Exception {
    assertThat(read(INTENT.replace("i-1", "😀".repeat(128)))).isInstanceOf(Intent.class);
    assertThatThrownBy(() -> read(INTENT.replace("i-1", "x".repeat(129))))
        .isInstanceOf(UnreadableException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'action':'NEW'|'action':'new'|action|'new'",
        "'action':'NEW',||action|",
        "'strategy':'s',||strategy|",
        "'instrument':'X:BTC'|'instrument':7|instrument|7",
        "'side':'BUY'|'side':'HOLD'|side|'HOLD'",
        "'order_type':'LIMIT',||order_type|",
        "'qty':'0.5'|'qty':0.5|qty|0.5",
        "'qty':'0.5'|'qty':'-1'|qty|'-1'",
        "'qty':'0.5'|'qty':'1e3'|qty|'1e3'",
        "'limit_price':'100'|'limit_price':null|limit_price|null",
        "'limit_price':'100'|'limit_price':'0'|limit_price|'0'",
        "'order_type':'LIMIT'|'order_type':'MARKET'|limit_price|'100'",
        "'time_in_force':'GTC',||time_in_force|",
        "'reduce_only':false|'reduce_only':'no'|reduce_only|'no'",
        "'confidence':0.25|'confidence':1.5|confidence|1.5",
        "'event_time_us':7|'event_time_us':'7'|event_time_us|'7'",
        "'reduce_only':false|'stop_loss':'-1'|stop_loss|'-1'",
        "'reduce_only':false|'take_profit':7|take_profit|7",
        "'reduce_only':false|'confirmations':{'1h':'UP'}|confirmations|{'1h':'UP'}",
        "'reduce_only':false|'confirmations':['BUY']|confirmations|['BUY']",
        "'reduce_only':false|'contributions':{'f':'1'}|contributions|{'f':'1'}",
        "'action':'NEW'|'action':'CANCEL'|target_intent_id|null",
        "'expected_return':null|'expected_return':1e390|expected_return|1E+390"
      })
  void any_other_defect_is_kept_with_field_value_and_expectation(
      String from, String to, String field, String value) throws Exception {
    String text = INTENT.replace(from, to == null ? "" : to);
    assertThat(text).isNotEqualTo(INTENT);
    Intent intent = (Intent) read(text);

    assertThat(intent.defect()).isNotNull();
    assertThat(intent.defect().field()).isEqualTo(field);
    assertThat(intent.defect().value()).isEqualTo(value == null ? null : value.replace('\'', '"'));
    assertThat(intent.defect().expected()).isNotBlank();
    assertThat(WireReader.recorded(StrictJson.trusted(intent.toJson()))).isEqualTo(intent);
  }

  @Test
  void a_forged_defect_from_outside_does_not_count() throws Exception {
    Intent intent =
        (Intent)
            read(
                INTENT.replace(
                    "'event_time_us'",
                    "'defect':{'field':'x','value':'y','expected':'z'},'event_time_us'"));
    assertThat(intent.defect()).isNull();
  }

  @Test
  void a_snapshot_names_each_instrument_once_and_is_of_a_time_that_can_be() throws Exception {
    String plain =
        "{'type':'account','account':'a','currency':'USD','cash':'1','positions':["
            + "{'instrument':'X:BTC','qty':'1','avg_price':'2'},"
            + "{'instrument':'X:ETH','qty':'1','avg_price':'2'}],'event_time_us':4102444799999999}";
    assertThat(((AccountSnapshot) read(plain)).positions()).hasSize(2);
    assertThatThrownBy(() -> read(plain.replace("ETH", "BTC")))
        .isInstanceOfSatisfying(
            UnreadableException.class, e -> assertThat(e.field()).isEqualTo("positions"))
        .hasMessage("positions names X:BTC twice, expected each instrument once");
    assertThatThrownBy(() -> read(plain.replace("4102444799999999", "4102444800000000")))
        .isInstanceOfSatisfying(
            UnreadableException.class, e -> assertThat(e.field()).isEqualTo("event_time_us"))
        .hasMessage(
            "event_time_us is 4102444800000000, expected epoch microseconds before the year 2100");
  }
}
