package io.sluice.cli.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of a decision's line an executor acts on. */
class InstructionTest {
  private static final String LIMIT =
      """
      {'type':'decision','decision_id':'ID','intent_id':'i-1','origin':'STRATEGY','group':'firm',\
      'account':'demo','strategy':'s','instrument':'X:BTC','action':'NEW','target_intent_id':null,\
      'side':'SELL','order_type':'LIMIT','limit_price':'101.5','time_in_force':'GTC',\
      'reduce_only':false,'requested_qty':'2','verdict':'SHRINK','approved_qty':'1.5',\
      'valid_until_us':77,'more':{}}""";

  private static Optional<Instruction> read(String line) throws UnreadableException {
    String id = Decision.idOf("demo", "i-1");
    return Instruction.read(
        line.replace('\'', '"').replace("\"ID\"", '"' + id + '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void an_approval_says_what_to_send() throws UnreadableException {
    assertThat(read(LIMIT))
        .contains(
            new Instruction(
                Decision.idOf("demo", "i-1"),
                "i-1",
                "firm",
                "demo",
                "s",
                "X:BTC",
                Action.NEW,
                null,
                Side.SELL,
                OrderType.LIMIT,
                TimeInForce.GTC,
                new BigDecimal("101.5"),
                false,
                new BigDecimal("1.5"),
                77));
  }

  @Test
  void the_reduce_only_flag_is_the_wish_or_the_verdict() throws UnreadableException {
    assertThat(read(LIMIT.replace("'reduce_only':false", "'reduce_only':true")))
        .get()
        .matches(Instruction::reduceOnly);
    assertThat(read(LIMIT.replace("SHRINK", "REDUCE_ONLY"))).get().matches(Instruction::reduceOnly);
  }

  @Test
  void nothing_is_done_on_what_was_refused() throws UnreadableException {
    String refused = LIMIT.replace("SHRINK", "DENY").replace("'1.5'", "'0'");
    assertThat(read(refused)).isEmpty();
    assertThat(read(refused.replace("'NEW'", "null").replace("'SELL'", "null"))).isEmpty();
  }

  @Test
  void a_cancel_is_acted_on_whatever_else_is_wrong_with_it() throws UnreadableException {
    String bare =
        """
        {'type':'decision','decision_id':'ID','intent_id':'i-1','group':'firm','account':'demo',\
        'strategy':null,'instrument':null,'action':'CANCEL','target_intent_id':'i-0',\
        'verdict':'ALLOW','approved_qty':'0','valid_until_us':77}""";
    Instruction cancel = read(bare).orElseThrow();
    assertThat(cancel.action()).isEqualTo(Action.CANCEL);
    assertThat(cancel.targetId()).isEqualTo(Decision.idOf("demo", "i-0"));
    assertThat(read(bare.replace("'i-0'", "null"))).isPresent();
    assertThat(read(bare.replace("ALLOW", "DENY"))).isEmpty();
  }

  @Test
  void what_is_not_understood_is_not_acted_on() {
    refused(LIMIT.replace("'GTC'", "'GTD'"), "time_in_force");
    refused(LIMIT.replace("'101.5'", "null"), "limit_price");
    refused(LIMIT.replace("'NEW'", "null"), "action");
    refused(LIMIT.replace("'NEW'", "'AMEND'"), "target_intent_id");
    refused(LIMIT.replace("'valid_until_us':77", "'x':1"), "valid_until_us");
    refused(LIMIT.replace("'ID'", "'0123'"), "decision_id is 0123, expected that of its account");
  }

  private static void refused(String line, String why) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining(why);
  }
}
