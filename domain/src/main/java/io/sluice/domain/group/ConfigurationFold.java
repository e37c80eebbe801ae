package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.CurrencyRates.CurrencyRate;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.domain.wire.ConfigChunk;

/**
 * Puts configurations in force, part by part. One that cannot be is refused with an event, because
 * its entries stand in the inputs for good: an exception would stop the gate at every restart.
 */
final class ConfigurationFold {

  /**
   * @return what the part brought about, or null where it is in force already or follows nothing
   * @throws UnknownRuleSetException where it is for rules this build does not have
   */
  Effects fold(GroupState state, ConfigChunk chunk, Entry entry) {
    if (chunk.ruleSet() != RuleSet.VERSION) {
      throw new UnknownRuleSetException(state.group(), chunk.ruleSet());
    }
    if (chunk.hash().equals(state.configurationHash) || !isNextPart(state, chunk)) {
      return null;
    }
    long gateTimeUs = Math.max(state.gateTimeUs, entry.gateTimeUs());
    Effects effects = new Effects(state.group(), state.seq() + 1, gateTimeUs);
    if (state.isConfigured()) {
      ClockFold.advance(state, gateTimeUs, effects);
    }
    state.gateTimeUs = gateTimeUs;
    if (chunk.chunk() == 1) {
      state.pendingChunks.clear();
    }
    state.pendingChunks.add(chunk);
    if (chunk.chunk() == chunk.chunks()) {
      configure(state, chunk.hash(), effects);
    }
    return effects;
  }

  /**
   * Whether a part begins another configuration or is the next of the one that is coming in; one
   * that came before, or that follows nothing, leaves no trace.
   */
  private static boolean isNextPart(GroupState state, ConfigChunk chunk) {
    boolean goesOn =
        !state.pendingChunks.isEmpty() && state.pendingChunks.get(0).hash().equals(chunk.hash());
    return goesOn ? chunk.chunk() == state.pendingChunks.size() + 1 : chunk.chunk() == 1;
  }

  private static void configure(GroupState state, String hash, Effects effects) {
    Configuration next;
    try {
      next = ConfigChunks.join(state.pendingChunks);
      String refusal = refusal(state, next);
      if (refusal != null) {
        throw new ConfigurationException(refusal);
      }
    } catch (ConfigurationException e) {
      refuse(state, hash, e.getMessage(), effects);
      return;
    } finally {
      state.pendingChunks.clear();
    }
    Configuration before = state.configuration;
    state.configure(next, hash);
    if (before != null) {
      configured(state, before, effects);
    }
    BreachWatch.checkAll(state, effects);
    SilenceWatch.limitsChanged(state, effects);
    state.tradingStates.announce(state, effects);
  }

  /** Why what the books hold rules a configuration out, or null. */
  private static String refusal(GroupState state, Configuration next) {
    if (!state.isConfigured()) {
      return null;
    }
    String refusal = state.configuration.refusalOf(next);
    if (refusal != null) {
      return refusal;
    }
    for (AccountBook book : state.books.values()) {
      for (Holding holding : book.holdings()) {
        Instrument listed = state.configuration.instruments().get(holding.instrument());
        Instrument then = next.instruments().get(holding.instrument());
        boolean isSame =
            listed == null
                || then != null
                    && then.quote().equals(listed.quote())
                    && then.multiplier().compareTo(listed.multiplier()) == 0
                    && (isConvertible(state, next, then, book)
                        || !isConvertible(state, state.configuration, listed, book));
        if (!holding.isEmpty() && !isSame) {
          return "the configuration drops the instrument "
              + holding.instrument()
              + ", changes its quote currency or multiplier, or takes away its rate, while the account "
              + book.account().id()
              + " has a position or orders in it; close them first";
        }
      }
    }
    return null;
  }

  /** Whether there is a rate, or none is needed; one by a mark that has not come is none yet. */
  private static boolean isConvertible(
      GroupState state, Configuration configuration, Instrument instrument, AccountBook book) {
    String currency = book.account().currency();
    if (instrument.quote().equals(currency)) {
      return true;
    }
    CurrencyRate rate = configuration.rates().of(instrument.quote(), currency);
    return rate != null
        && (rate.instrument() == null || state.aggregates().markPrice(rate.instrument()) != null);
  }

  private static void refuse(GroupState state, String hash, String why, Effects effects) {
    effects.event(
        Event.Type.CONFIG_REFUSED,
        Event.Severity.CRITICAL,
        state.scope(),
        null,
        detail ->
            detail
                .name("why")
                .value(why)
                .name("hash")
                .value(hash)
                .name("hash_in_force")
                .value(state.configurationHash));
  }

  private static void configured(GroupState state, Configuration before, Effects effects) {
    effects.event(
        Event.Type.CONFIGURED,
        Event.Severity.INFO,
        state.scope(),
        null,
        detail -> {
          detail.name("hash").value(state.configurationHash);
          detail.name("limits_version").value(state.limitsVersion());
          detail.name("by").value(state.configuration.change().by());
          detail.name("reason").value(state.configuration.change().reason());
          detail.name("changed").beginArray();
          ConfigChunks.changedKeys(before, state.configuration).forEach(detail::value);
          detail.endArray();
        });
  }
}
