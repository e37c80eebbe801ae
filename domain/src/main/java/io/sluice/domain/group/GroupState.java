package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Account;
import io.sluice.domain.config.AssetVenues;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Execution;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.Profile;
import io.sluice.domain.control.Halts;
import io.sluice.domain.control.LimitLayers;
import io.sluice.domain.control.Overrides;
import io.sluice.domain.control.ParameterLayers;
import io.sluice.domain.control.Parameters;
import io.sluice.domain.control.Restrictions;
import io.sluice.domain.control.Rollout;
import io.sluice.domain.control.RolloutPlan;
import io.sluice.domain.control.UserRuleLayers;
import io.sluice.domain.flow.OrderFlow;
import io.sluice.domain.journal.JournalLine;
import io.sluice.domain.json.Times;
import io.sluice.domain.market.Regime;
import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.GroupView;
import io.sluice.domain.risk.Limits;
import io.sluice.domain.risk.TradingState;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.risk.userrule.UserRule;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.VenueStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything a risk group's fold knows: configuration, books, sums, marks, limits, halts, breaches,
 * ids, clock and the head of its journal. {@link GroupFold} changes it; rules look at it through
 * {@link #view}.
 */
public final class GroupState {
  private final String group;
  private final RulesView view = new RulesView(this);
  private final LimitsInForce limitsInForce = new LimitsInForce(this);
  private final Bookkeeping bookkeeping = new Bookkeeping(this);
  final Map<String, AccountBook> books = new TreeMap<>();
  final Marks marks = new Marks();
  final Map<String, VenueStatus.Status> venues = new TreeMap<>();

  /** Names that reported as venues, and no listed instrument is of; not all, if there are many. */
  final Set<String> unknownVenues = new TreeSet<>();

  final OpenBreaks breaks = new OpenBreaks();
  final SignsOfLife signsOfLife = new SignsOfLife();
  final Set<String> stale = new TreeSet<>();

  /** Instruments that are held and have had no mark, and since when that is known. */
  final Map<String, Long> unheardSinceUs = new TreeMap<>();

  final ScopeSums sums = new ScopeSums();
  final RestingOrders resting = new RestingOrders();
  final OrderFlow flow = new OrderFlow();
  final Breaches breaches = new Breaches();
  final Set<String> crashed = new TreeSet<>();
  final TradingStates tradingStates = new TradingStates();
  final Utilisation utilisation = new Utilisation();
  final GateOrders gateOrders = new GateOrders();
  final Halts halts = new Halts();
  final LimitLayers layers = new LimitLayers();
  final Restrictions restrictions = new Restrictions();
  final Overrides overrides = new Overrides();
  final Twins twins = new Twins();
  final Rollout rollout = new Rollout();
  final ParameterLayers parameterLayers = new ParameterLayers();
  final CorrelationEstimates correlations = new CorrelationEstimates();
  final UserRuleLayers userRuleLayers = new UserRuleLayers();
  final HighWater highWater = new HighWater();
  final IdWindow ids = new IdWindow(highWater);
  final IdWindow fills = new IdWindow(highWater);
  final CommandIds commands = new CommandIds();
  final List<ConfigChunk> pendingChunks = new ArrayList<>();
  final Counters counters = new Counters();
  private final Set<String> touched = new HashSet<>();

  Configuration configuration;
  AssetVenues assetVenues;
  private Set<String> listedVenues = Set.of();
  List<UserRule> userRules = List.of();
  String configurationHash;
  long limitsVersion;
  Parameters parameters;
  long paramsVersion;
  long gateTimeUs;
  long utcDay = -1;
  long nextOrderSweepUs;
  long clockSlotUs = -1;
  private long seq;
  private String headHash = JournalLine.GENESIS;

  public GroupState(String group) {
    this.group = group;
  }

  public String group() {
    return group;
  }

  /** What events that concern the whole group have as their scope. */
  String scope() {
    return "group:" + group;
  }

  /** The number of the newest journal line, 0 before the first. */
  public long seq() {
    return seq;
  }

  public String headHash() {
    return headHash;
  }

  public Counters counters() {
    return counters;
  }

  public long limitsVersion() {
    return limitsVersion;
  }

  /** The books, sorted by account. */
  public Map<String, AccountBook> books() {
    return Collections.unmodifiableMap(books);
  }

  /** The journal has one more line. */
  public void journaled(long newSeq, String hash) {
    seq = newSeq;
    headHash = hash;
  }

  /** The account's books have changed since they were stored. */
  void touch(String account) {
    touched.add(account);
  }

  /** The accounts whose books have changed since the last call, sorted. */
  Set<String> takeTouched() {
    Set<String> taken = new TreeSet<>(touched);
    touched.clear();
    return taken;
  }

  /** Ids of intents and paper ticks that were folded before are forgotten at a time. */
  long idsFromUs(long atUs) {
    return atUs - parameters.idWindowUs();
  }

  /** Ids of fills that were folded before are forgotten at a time. */
  long fillsFromUs(long atUs) {
    return atUs - parameters.fillWindowUs();
  }

  boolean isConfigured() {
    return configuration != null;
  }

  /**
   * Puts a configuration in force: new accounts get books, known ones keep theirs under its terms.
   */
  void configure(Configuration next, String hash) {
    putInForce(next, hash);
    venues.keySet().retainAll(listedVenues);
    unknownVenues.removeAll(listedVenues);
    flow.configure(next.rules().flow(), gateTimeUs);
    limitsChanged();
    parametersChanged();
    bookkeeping.rebuild();
    for (Account account : next.accounts().values()) {
      if (!books.containsKey(account.id())) {
        AccountBook book = newBook(account);
        books.put(account.id(), book);
        if (next.execution().mode() == Execution.Mode.PAPER) {
          book.start(account.cash());
          sums.rebased(book);
        }
      }
    }
    twins.configure(next.execution().twin(), next.accounts(), this::newTwinBook);
  }

  /** Without a change to books or limits, as where they are restored. */
  void putInForce(Configuration next, String hash) {
    RolloutPlan plan = next.control().rollout();
    if (configuration == null || !configuration.control().rollout().equals(plan)) {
      rollout.start(plan, null, gateTimeUs);
    }
    configuration = next;
    configurationHash = hash;
    assetVenues = new AssetVenues(next.instruments().values());
    listedVenues =
        next.instruments().values().stream().map(Instrument::venue).collect(Collectors.toSet());
    layers.configure(next.limits());
    parameterLayers.configure(next);
    userRuleLayers.configure(next.rules().userRules());
    readUserRules();
  }

  /** What is in force of them now, where that does not follow from a change. */
  void readUserRules() {
    userRules = userRuleLayers.inForce(gateTimeUs);
  }

  /** User rules are limits of the firm's own: a change of what is in force is one of limits. */
  void userRulesChanged() {
    readUserRules();
    limitsChanged();
  }

  /** What is in force now may be other parameters than before. */
  void parametersChanged() {
    Parameters inForce = parameterLayers.inForce(gateTimeUs);
    if (!inForce.equals(parameters)) {
      parameters = inForce;
      paramsVersion++;
    }
  }

  public long paramsVersion() {
    return paramsVersion;
  }

  void limitsChanged() {
    limitsVersion++;
    limitsInForce.forget();
  }

  public long gateTimeUs() {
    return gateTimeUs;
  }

  /** The account's books, or null where it is not configured. */
  public AccountBook book(String account) {
    return books.get(account);
  }

  public Instrument instrument(String id) {
    return configuration.instruments().get(id);
  }

  /** Whether a second set of limits is tried out beside those in force. */
  boolean hasShadowLimits() {
    return !configuration.shadowLimits().isEmpty();
  }

  public Profile profile(Account account) {
    return configuration.profiles().getOrDefault(account.profile(), Profile.EMPTY);
  }

  /** Whether a listed instrument has this base. */
  boolean isListedAsset(String asset) {
    return configuration.instruments().values().stream()
        .anyMatch(instrument -> instrument.base().equals(asset));
  }

  /** Whether an instrument of the venue is listed. */
  boolean isListedVenue(String venue) {
    return listedVenues.contains(venue);
  }

  public Aggregates aggregates() {
    return view.aggregates();
  }

  /** What rules see of it. */
  public GroupView view() {
    return view;
  }

  /** The deepest fall of a scope's equity from its peak so far, as a fraction of the peak. */
  public BigDecimal deepestDrawdown(Scope scope) {
    return sums.deepestDrawdown(scope);
  }

  /** An instrument's price step; of one that is not listed the smallest there is. */
  BigDecimal tickOf(String instrument) {
    Instrument listed = configuration.instruments().get(instrument);
    return listed == null ? new BigDecimal("0.00000001") : listed.tick();
  }

  /** How far trading may go at exactly this scope; wider and narrower ones have their own. */
  public TradingState tradingState(Scope scope) {
    return tradingStates.at(scope);
  }

  /**
   * An account or a strategy showed at a time that it is alive; no time in the future counts.
   *
   * @return whether it had promised to, was silent or never heard of, and is so no longer
   */
  boolean showsLife(Scope who, long atUs) {
    return signsOfLife.seen(who, Math.min(atUs, gateTimeUs), gateTimeUs);
  }

  /**
   * The next time after now at which something ends or begins by itself: a UTC day, a cooldown, a
   * command's start or expiry. Long.MAX_VALUE where nothing does.
   */
  public long nextCrossingUs() {
    long next = Math.min(breaches.nextEndUs(), halts.nextChangeUs(gateTimeUs));
    next = Math.min(next, layers.nextChangeUs(gateTimeUs));
    next = Math.min(next, restrictions.nextChangeUs(gateTimeUs));
    next = Math.min(next, parameterLayers.commands().nextChangeUs(gateTimeUs));
    next = Math.min(next, userRuleLayers.nextChangeUs(gateTimeUs));
    next = Math.min(next, signsOfLife.nextChangeUs());
    next = Math.min(next, rollout.nextChangeUs());
    next = Math.min(next, overrides.nextChangeUs(gateTimeUs));
    return utcDay < 0 ? next : Math.min(next, (utcDay + 1) * Times.DAY_US);
  }

  public Limits limits(Account account, String strategy, Instrument instrument, Regime regime) {
    return limitsInForce.of(account, strategy, instrument, regime);
  }

  /** The limits there would be with those on trial in place of those in force. */
  Limits shadowLimits(Account account, String strategy, Instrument instrument, Regime regime) {
    return limitsInForce.onTrial(account, strategy, instrument, regime);
  }

  /** The limits that latch for an account, layer by layer. */
  Latches latches(Account account) {
    return limitsInForce.latches(account);
  }

  List<LimitSet> layersAt(Scope scope) {
    return limitsInForce.layersAt(scope);
  }

  LimitSet limitsAt(Scope scope) {
    return limitsInForce.at(scope);
  }

  AccountBook newBook(Account account) {
    return bookkeeping.newBook(account);
  }

  AccountBook newTwinBook(Account account) {
    return bookkeeping.newTwinBook(account);
  }

  /** As {@link #multiplier(Instrument, Account)}; 1 for an instrument that nobody lists. */
  BigDecimal multiplier(String instrument, Account account) {
    return bookkeeping.multiplier(instrument, account);
  }

  public BigDecimal multiplier(Instrument instrument, Account account) {
    return bookkeeping.multiplier(instrument, account);
  }
}
