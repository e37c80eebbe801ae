package io.sluice.domain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Release;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.ConfigChunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration: what is read, what is refused, and how it travels to the groups. */
class ConfigurationTest {
  private static final String DEMO =
      """
      {instruments: [{id: 'BITSTAMP:BTCUSD', base: 'BTC', quote: 'USD', kind: 'spot', tick: '0.01',
         lot: '0.00000001', min_qty: '0.001', max_qty: '100', min_notional: '1', multiplier: '1'}],
       accounts: [
         {id: 'demo', group: 'firm', profile: 'demo', currency: 'USD', kind: 'cash', cash: '10000'},
         {id: 'demo2', group: 'firm', profile: 'demo', currency: 'USD', kind: 'cash', cash: '10000'}],
       profiles: {demo: {max_consecutive_losses: 5}},
       limits: [{scope: 'firm', max_qty: '5', max_notional: '2000', collar: '0.05',
         max_position_notional: '3000', max_gross: '8000', max_daily_loss: '500',
         max_drawdown: '0.15', max_data_age_ms: 60000}],
       crash_rules: [{window_ms: 10000, drop: '0.02'}, {window_ms: 60000, drop: '0.05'},
         {window_ms: 600000, drop: '0.10'}],
       clock: 'event', control: {authority: 'open'}, id_window: '10m', max_clock_skew_ms: 5000,
       valid_for_ms: 5000,
       execution: {mode: 'paper', latency_ms: 250, slippage: '0.0005', fee: '0.001'},
       strategies: [{name: 'momentum', account: 'demo'},
         {name: 'mean-reversion', account: 'demo2'}]}
      """;

  private static Configuration parse(String json) {
    return Configuration.parse("test.yaml", GroupUnderTest.json(json));
  }

  private static void same(Configuration a, Configuration b) {
    assertThat(ConfigChunks.hash(a)).isEqualTo(ConfigChunks.hash(b));
  }

  @Test
  void the_packaged_shape_is_read() {
    Configuration demo = parse(DEMO);

    assertThat(demo.accounts()).containsOnlyKeys("demo", "demo2");
    assertThat(demo.limits().get(Scope.FIRM).get(LimitKey.MAX_DRAWDOWN))
        .isEqualTo(
            new Limit(new java.math.BigDecimal("0.15"), Consequence.REDUCING, Release.PERSON));
    assertThat(demo.profiles().get("demo").get(LimitKey.MAX_CONSECUTIVE_LOSSES).release())
        .isEqualTo(Release.cooldown(3_600_000_000L));
    assertThat(demo.crashRules()).hasSize(3);
    assertThat(demo.idWindowUs()).isEqualTo(600_000_000L);
    assertThat(demo.execution().latencyUs()).isEqualTo(250_000);
    assertThat(demo.groups()).containsExactly("firm", "unassigned");
  }

  @Test
  void how_long_a_source_may_be_silent_is_a_minute_unless_it_is_said() {
    assertThat(parse(DEMO).maxSourceSilenceUs()).isEqualTo(60_000_000L);
    Configuration said =
        parse(DEMO.replace("valid_for_ms", "max_source_silence: '5s', valid_for_ms"));
    assertThat(said.maxSourceSilenceUs()).isEqualTo(5_000_000L);
    JsonWriter json = new JsonWriter();
    said.write(json);
    assertThat(parse(json.toString()).maxSourceSilenceUs()).isEqualTo(5_000_000L);
  }

  @Test
  void the_canonical_form_reads_back_to_the_same_hash() throws Exception {
    Configuration demo = parse(DEMO);
    JsonWriter json = new JsonWriter();
    demo.write(json);
    Configuration again = Configuration.parse("again", StrictJson.trusted(json.toBytes()));

    JsonWriter jsonAgain = new JsonWriter();
    again.write(jsonAgain);

    assertThat(jsonAgain.toString()).isEqualTo(json.toString());
    assertThat(ConfigChunks.hash(again)).isEqualTo(ConfigChunks.hash(demo));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_qty: '5'|max_qty: '-5'|limits[0].max_qty is \"-5\", expected a quantity",
        "max_qty: '5'|max_qty: 'lots'|limits[0].max_qty is \"lots\"",
        "max_qty: '5'|max_quantity: '5'|limits[0].max_quantity is not a key here",
        "collar: '0.05'|collar: '5'|expected a fraction from 0 to 1",
        "max_consecutive_losses: 5|max_consecutive_losses: 0|profiles.demo.max_consecutive_losses"
            + " is 0",
        "max_consecutive_losses: 5|max_consecutive_losses: 2.5|expected a whole number of at least"
            + " 1",
        "max_drawdown: '0.15'|max_drawdown: {bound: '0.15', then: 'explode'}|max_drawdown.then is",
        "max_drawdown: '0.15'|max_drawdown: {bound: '0.15', release: 'soon'}|release is \"soon\"",
        "max_drawdown: '0.15'|max_drawdown: {then: 'halt'}|bound",
        "max_qty: '5'|max_qty: {bound: '5', then: 'halt'}|a plain bound",
        "max_qty: '5'|max_qty: {share: '0.5'}|max_qty.share is \"0.5\", expected a bound",
        "max_qty: '5'|max_qty: [{bound: '5'}, {bound: '4'}]|only a breaker has tiers",
        "max_qty: '5'|max_qty: []|limits[0].max_qty is []",
        "max_qty: '5'|max_qty: {bound: '5', regimes: {volatile: '6'}}|volatile is \"6\", expected",
        "max_qty: '5'|max_qty: {bound: '5', regimes: {stormy: '1'}}|regimes.stormy is not a key",
        "max_qty: '5'|max_qty: {bound: '5', smoothing: '1m'}|only a drawdown is averaged",
        "max_drawdown: '0.15'|max_drawdown: {bound: '0.15', rearms: true}|only a daily or weekly",
        "max_drawdown: '0.15'|max_drawdown: {bound: '0.15', regimes: {volatile: '0.1'}}|no single",
        "max_drawdown: '0.15'|max_drawdown: {bound: '0.15', event: 'party'}|trading_halted",
        "max_drawdown: '0.15'|max_drawdown: {bound: '0.15', release: 'recovered 1'}|recovered",
        "max_daily_loss: '500'|max_daily_loss: {share: '0.1', bound: '5'}|a share of equity takes",
        "max_daily_loss: '500'|max_daily_loss: {share: '-0.1'}|a share of equity of at least 0",
        "max_daily_loss: '500'|max_daily_loss: {bound: '5', rearms: 'yes'}|expected true or false",
        "max_consecutive_losses: 5|max_consecutive_losses: {bound: 5, release:"
            + " 'recovered'}|release",
        "scope: 'firm'|scope: 'world'|limits[0].scope is \"world\"",
        "scope: 'firm'|scope: 'strategy:demo/x'|a limit that is kept at this scope",
        "scope: 'firm'|scope: 'account:dmeo'|limits[0].scope is \"account:dmeo\", expected one that is configured",
        "scope: 'firm'|scope: 'desk:d'|apply to nothing",
        "profile: 'demo', currency: 'USD', kind: 'cash', cash: '10000'},|profile: 'x', currency:"
            + " 'USD'},|accounts[0].profile is \"x\", expected one of profiles [demo]",
        "account: 'demo2'|account: 'x'|strategies[1].account is \"x\", expected the account that it trades for",
        "group: 'firm', profile|group: 'unassigned', profile|kept for unknown accounts",
        "id: 'demo2'|id: 'demo'|expected every account once",
        "drop: '0.02'|drop: '1'|crash_rules[0].drop is \"1\"",
        "clock: 'event'|clock: 'wall'|authority tighten",
        "clock: 'event'|clock: 'sundial'|clock is \"sundial\"",
        "authority: 'open'|authority: 'sealed'|authority is \"sealed\"",
        "authority: 'open'|authority: 'signed'|keys is missing, expected keys of at least two",
        "authority: 'open'|keys: [{id: 'a', person: 'a', public_key: 'MCow'}]|expected an Ed25519",
        "id_window: '10m'|id_window: '10s'|id_window is \"10s\"",
        "fee: '0.001'|fee: '0.6'|a fraction from 0 to 0.5",
        "tick: '0.01'|tick: '0'|instruments[0].tick is \"0\", expected a decimal above 0",
        "min_qty: '0.001'|min_qty: '101'|max_qty is \"100\", expected at least min_qty",
        "kind: 'cash'|kind: 'cash', leverage: '3'|no leverage on a cash account",
        "valid_for_ms: 5000|max_source_silence: '2d'|max_source_silence is \"2d\", expected a duration"
            + " from 1s to 1d",
        "valid_for_ms: 5000|max_source_silence: '900ms'|from 1s to 1d",
        "valid_for_ms: 5000|valid_for_ms: 0|valid_for_ms is 0, expected a whole number"
      })
  void what_is_wrong_is_named_with_source_key_value_and_expectation(
      String from, String to, String message) {
    String wrong =
        DEMO.replaceFirst(
            java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to));
    assertThat(wrong).isNotEqualTo(DEMO);
    assertThatThrownBy(() -> parse(wrong))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_bound_that_is_no_number_is_named_too() {
    ObjectNode node = (ObjectNode) GroupUnderTest.json(DEMO);
    ((ObjectNode) node.get("limits").get(0)).put("max_qty", Double.NaN);
    assertThatThrownBy(() -> Configuration.parse("f.yaml", node))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("f.yaml: limits[0].max_qty is");
  }

  @Test
  void unlimited_is_a_limit_and_absent_is_none() {
    Configuration demo = parse(DEMO.replace("max_qty: '5'", "max_qty: 'unlimited'"));
    assertThat(demo.limits().get(Scope.FIRM).get(LimitKey.MAX_QTY).isUnlimited()).isTrue();
    assertThat(demo.limits().get(Scope.FIRM).get(LimitKey.MAX_CONSECUTIVE_LOSSES)).isNull();
  }

  @Test
  void a_group_gets_its_own_accounts_with_their_profiles_and_limits() {
    Configuration both =
        parse(
            DEMO.replace(
                    "id: 'demo2', group: 'firm', profile: 'demo'",
                    "id: 'demo2', group: 'b', desk: 'd', profile: 'other'")
                .replace("profiles: {", "profiles: {other: {max_qty: '1'}, ")
                .replace(
                    "limits: [",
                    "limits: [{scope: 'desk:d', max_qty: '1'}, {scope: 'account:demo', max_qty:"
                        + " '2'},"));

    Configuration b = both.forGroup("b");
    assertThat(b.accounts()).containsOnlyKeys("demo2");
    assertThat(b.profiles()).containsOnlyKeys("other");
    assertThat(b.limits()).containsOnlyKeys(Scope.FIRM, Scope.desk("d"));
    assertThat(b.strategies()).isEmpty();
    assertThat(both.forGroup("unassigned").accounts()).isEmpty();
    assertThat(both.groupOf("demo2")).isEqualTo("b");
    assertThat(both.groupOf("nobody")).isEqualTo("unassigned");
    assertThat(both.scopesThatSpanGroups()).containsExactly(Scope.FIRM);
    same(ConfigChunks.join(ConfigChunks.split(b)), b);
  }

  @Test
  void a_large_configuration_travels_in_parts_of_at_most_64_kib() {
    StringBuilder instruments = new StringBuilder();
    StringBuilder profiles = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      instruments.append(
          ", {id: '\u4ea4\u6613\u6240:\u5e01"
              + i
              + "', base: 'B', quote: 'USD', tick: '0.01', lot: '1', min_qty: '1', max_qty: '100',"
              + " min_notional: '1'}");
      profiles.append(
          "p" + i + ": {max_qty: '1', max_notional: '2', max_gross: '3', collar: '0.5'}, ");
    }
    Configuration large =
        parse(
            DEMO.replace("multiplier: '1'}", "multiplier: '1'}" + instruments)
                .replace("profiles: {", "profiles: {" + profiles));
    List<ConfigChunk> chunks = ConfigChunks.split(large);

    assertThat(chunks).hasSizeGreaterThan(3);
    for (ConfigChunk chunk : chunks) {
      assertThat(chunk.toJson().length).isLessThanOrEqualTo(64 * 1024);
      assertThat(chunk.chunks()).isEqualTo(chunks.size());
    }
    same(ConfigChunks.join(chunks), large);
    List<ConfigChunk> broken = new ArrayList<>(chunks);
    broken.remove(1);
    assertThatThrownBy(() -> ConfigChunks.join(broken)).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void fills_are_remembered_for_a_week_and_never_shorter_than_intents() {
    long day = 86_400_000_000L;
    assertThat(parse("{}").fillWindowUs()).isEqualTo(7 * day);
    assertThat(parse("{id_window: '9d'}").fillWindowUs()).isEqualTo(9 * day);
    assertThat(parse("{fill_window: '10m'}").fillWindowUs()).isEqualTo(600_000_000L);
    assertThatThrownBy(() -> parse("{fill_window: '9m'}"))
        .hasMessage("test.yaml: fill_window is \"9m\", expected at least id_window");
    assertThatThrownBy(() -> parse("{id_window: '2h', fill_window: '1h'}"))
        .hasMessageContaining("fill_window");
  }

  @Test
  void an_account_neither_leaves_nor_moves_nor_changes_what_its_books_are_kept_in() {
    Configuration now = parse(DEMO);
    String demo2 = "{id: 'demo2', group: 'firm'";

    assertThat(now.refusalOf(parse(DEMO.replace("cash: '10000'", "cash: '5'")))).isNull();
    assertThat(now.refusalOf(parse(DEMO.replace(demo2, "{id: 'demo2', group: 'other'"))))
        .contains("demo2 from group firm to other");
    assertThat(
            now.refusalOf(
                parse(
                    DEMO.replace(demo2, "{id: 'demo3'")
                        .replace("account: 'demo2'", "account: 'demo3'"))))
        .contains("demo2 out of group firm");
    assertThat(now.refusalOf(parse(DEMO.replace("mode: 'paper'", "mode: 'external'"))))
        .contains("execution.mode");
    assertThat(
            now.refusalOf(
                parse(DEMO.replaceFirst("kind: 'cash'", "kind: 'margin', leverage: '2'"))))
        .contains("kind or currency");
    assertThat(parse("{}").refusalOf(now)).as("the first with accounts").isNull();
  }

  @Test
  void an_entry_that_an_earlier_build_wrote_without_a_later_key_still_reads() {
    ObjectNode earlier = (ObjectNode) ConfigChunks.split(parse(DEMO)).get(0).content().deepCopy();
    earlier.remove("valid_for_ms");
    String hash = io.sluice.domain.json.Sha256.hex(new JsonWriter().tree(earlier).toBytes());

    same(
        ConfigChunks.join(
            List.of(
                new ConfigChunk(hash, 1, 1, io.sluice.domain.risk.rule.RuleSet.VERSION, earlier))),
        parse(DEMO));
  }

  private static final String FEATURES =
      """
      {features: {intervals: ['1m', '1s'], sets: ['trend', 'quotes'], compose: [
        {name: 'wide', input: 'spread@tick', transform: 'highest', window: 4},
        {name: 'wider', input: 'wide', transform: 'change', window: 1}]}}
      """;

  @Test
  void features_are_for_the_front_and_no_matter_of_a_group() {
    Configuration demo = parse(DEMO);
    Configuration withFeatures =
        parse(DEMO.strip().replaceFirst("}$", "," + FEATURES.strip().substring(1)));
    assertThat(demo.features().layout()).isNull();
    assertThat(withFeatures.features().layout().schemaOf(BarInterval.SECOND).names())
        .startsWith("atr_14@1s")
        .contains("wider@1s", "mid@tick")
        .doesNotContain("rsi_14@1s");
    same(demo.forGroup("firm"), withFeatures.forGroup("firm"));
    JsonWriter json = new JsonWriter();
    withFeatures.write(json);
    assertThat(parse(json.toString()).features()).isEqualTo(withFeatures.features());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{intervals: ['2m']}; features.intervals is [\"2m\"], expected of [1s, 1m, 5m, 15m]",
        "{intervals: ['1m'], sets: ['luck']}; features.sets is [\"luck\"], expected of returns,",
        "{intervals: ['1m'], compose: [{name: 'rsi_14', input: 'close', transform: 'sma',"
            + " window: 2}]}; features.compose[0].name is \"rsi_14\"",
        "{intervals: ['1m'], compose: [{name: 'a', input: 'close', transform: 'sma',"
            + " window: 0}]}; features.compose[0].window is 0, expected a whole number from 1 to",
        "{intervals: ['1m'], compose: [{name: 'a', input: 'no', transform: 'sma',"
            + " window: 2}]}; features.compose at a has the input no, expected a number of bars"
      })
  void features_that_cannot_be_are_refused(String features, String why) {
    assertThatThrownBy(
            () -> parse(DEMO.strip().replaceFirst("}$", ", features: " + features + "}")))
        .hasMessageContaining(why);
  }

  @Test
  void what_bars_are_looked_at_for_is_for_the_front_and_reads_back() {
    Configuration demo = parse(DEMO);
    assertThat(demo.market()).isEqualTo(MarketTerms.DEFAULT);
    String keys =
        ", volatility: {method: 'garch', bar: '5m', lambda: '0.97', garch: {alphas: 2}},"
            + " regimes: {low_sigma_daily: '0.02', hysteresis: '0'},"
            + " anomalies: {length: 16, history: 64}}";
    Configuration with = parse(DEMO.strip().replaceFirst("}$", keys));
    assertThat(with.market().volatility().horizonUs()).isEqualTo(300_000_000L);
    assertThat(with.market().volatility().garch().alphas()).isEqualTo(2);
    assertThat(with.market().regimes().lowSigmaDaily()).isEqualTo(0.02);
    assertThat(with.market().regimes().hysteresis()).isZero();
    assertThat(with.market().anomalies().length()).isEqualTo(16);
    same(demo.forGroup("firm"), with.forGroup("firm"));
    JsonWriter json = new JsonWriter();
    with.write(json);
    assertThat(parse(json.toString()).market()).isEqualTo(with.market());
    String off =
        ", volatility: {method: 'ewma_of_trades'}, regimes: {detect: false},"
            + " anomalies: {detect: false}}";
    same(demo, parse(DEMO.strip().replaceFirst("}$", off)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "volatility: {method: 'luck'}; volatility.method is \"luck\", expected one of [historical",
        "volatility: {method: 'ewma', bar: '2m'}; volatility.bar is \"2m\", expected 1s, 1m, 5m",
        "volatility: {method: 'ewma', lambda: '1'}; lambda is 1.0, expected above 0 and below 1",
        "volatility: {method: 'garch', garch: {window: 20}}; window is 20, expected from 100",
        "regimes: {ranging: '0.6'}; trending is 0.5, expected above ranging, at most 1",
        "regimes: {colour: 'red'}; regimes.colour is not a key here",
        "anomalies: {length: 32, history: 100}; history is 100.0, expected from four times"
      })
  void what_bars_cannot_be_looked_at_for_is_refused(String keys, String why) {
    assertThatThrownBy(() -> parse(DEMO.strip().replaceFirst("}$", ", " + keys + "}")))
        .hasMessageContaining(why);
  }

  private static Configuration withModels(String models) {
    return parse(
        DEMO.strip()
            .replaceFirst("}$", ", features: {intervals: ['1m']}, models: [" + models + "]}"));
  }

  @Test
  void models_are_for_the_front_and_no_matter_of_a_group() {
    Configuration models =
        withModels(
            "{name: 'up', bundle: 'models/up', interval: '1m', account: 'demo'},"
                + " {name: 'down', bundle: 'models/down', interval: '1m'}");
    assertThat(models.models()).extracting(ModelChoice::account).containsExactly("demo", null);
    same(parse(DEMO).forGroup("firm"), models.forGroup("firm"));
    assertThat(models.withoutStrategies().models()).isEqualTo(models.models());
    JsonWriter json = new JsonWriter();
    models.write(json);
    assertThat(parse(json.toString()).models()).isEqualTo(models.models());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{name: 'up', bundle: 'b', interval: '2m'}; models[0].interval is \"2m\"",
        "{name: 'up', bundle: 'b', interval: '5m'}; expected one of features.intervals",
        "{name: 'up', bundle: 'b', interval: '1m', account: 'x'}; models[0].account is \"x\"",
        "{name: 'up', interval: '1m'}; models[0].bundle is missing",
        "{name: 'momentum', bundle: 'b', interval: '1m'}; models[0].name is \"momentum\"",
        "{name: 'up', bundle: 'b', interval: '1m', stage: 'x'}; models[0].stage is not a key here"
      })
  void models_that_cannot_be_are_refused(String model, String why) {
    assertThatThrownBy(() -> withModels(model)).hasMessageContaining(why);
  }
}
