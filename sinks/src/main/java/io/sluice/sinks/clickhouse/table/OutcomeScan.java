package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the outcomes of a decision's line from the canonical bytes that the gate writes: they are
 * most of a line, and cost a fraction of what they would as JSON. An outcome that is written
 * otherwise, or whose texts are not plain, is read as JSON; a line whose outcomes are not where
 * they should be is not read at all.
 */
final class OutcomeScan {
  private static final byte[] REQUESTED = bytes("\"requested_qty\":");
  private static final byte[] OUTCOMES = bytes("\"outcomes\":[");
  private static final byte[] RULE = bytes("{\"rule\":\"");
  private static final byte[] RESULT = bytes(",\"outcome\":\"");
  private static final byte[] OBSERVED = bytes(",\"observed\":");
  private static final byte[] LIMIT = bytes(",\"limit\":");
  private static final byte[] HEADROOM = bytes(",\"headroom\":");
  private static final byte[] PERMITTED = bytes(",\"permitted\":");
  private static final byte[] WHY = bytes(",\"why\":");
  private static final byte[] NULL = bytes("null");
  private static final byte[] PASSED =
      bytes(
          ",\"outcome\":\"PASS\",\"observed\":null,\"limit\":null,\"headroom\":null,\"permitted\":");
  private static final byte[] PASSED_END = bytes(",\"why\":null}");
  private static final Set<String> RESULTS =
      Arrays.stream(Outcome.Result.values()).map(Enum::name).collect(Collectors.toSet());

  /** So many digits fit a long. */
  private static final int LONG_DIGITS = 18;

  private final byte[] line;
  private final int first;
  private final byte[] passedEnd;
  private final Outcomes outcomes = Outcomes.empty();
  private int at;

  /** Whether what was read of an outcome so far is written as the gate writes it. */
  private boolean isCanonical;

  private OutcomeScan(byte[] line, int first, byte[] passedEnd) {
    this.line = line;
    this.first = first;
    this.at = first;
    this.passedEnd = passedEnd;
  }

  /**
   * Reads them; null where they are not where they should be.
   *
   * @throws UnreadableException where one is no outcome
   */
  static OutcomeScan of(byte[] line) throws UnreadableException {
    int requested = indexOf(line, REQUESTED, 0);
    int list = requested < 0 ? -1 : indexOf(line, OUTCOMES, requested);
    if (list < 0) {
      return null;
    }
    int from = requested + REQUESTED.length;
    int to = from;
    while (to < list && line[to] != ',') {
      to++;
    }
    byte[] passedEnd =
        Arrays.copyOf(Arrays.copyOfRange(line, from, to), to - from + PASSED_END.length);
    System.arraycopy(PASSED_END, 0, passedEnd, to - from, PASSED_END.length);
    OutcomeScan scan = new OutcomeScan(line, list + OUTCOMES.length, passedEnd);
    return scan.hasReadAll() ? scan : null;
  }

  Outcomes outcomes() {
    return outcomes;
  }

  /** The line without them. */
  byte[] rest() {
    byte[] rest = Arrays.copyOf(line, line.length - (at - first));
    System.arraycopy(line, at, rest, first, line.length - at);
    return rest;
  }

  private boolean hasReadAll() throws UnreadableException {
    if (isAt(']')) {
      return true;
    }
    while (isAt('{')) {
      read();
      if (isAt(']')) {
        return true;
      }
      if (!isAt(',')) {
        return false;
      }
      at++;
    }
    return false;
  }

  private void read() throws UnreadableException {
    int start = at;
    isCanonical = true;
    expect(RULE);
    String rule = text();
    if (isCanonical && isAt(PASSED, at) && isAt(passedEnd, at + PASSED.length)) {
      at += PASSED.length + passedEnd.length;
      outcomes.passed().add(rule);
      return;
    }
    expect(RESULT);
    String result = text();
    expect(OBSERVED);
    BigDecimal observed = amount();
    expect(LIMIT);
    BigDecimal limit = amount();
    expect(HEADROOM);
    BigDecimal headroom = amount();
    expect(PERMITTED);
    BigDecimal permitted = amount();
    expect(WHY);
    String why = isNull() ? null : quoted();
    if (isCanonical && isAt('}') && RESULTS.contains(result)) {
      at++;
      outcomes.add(rule, result, observed, limit, headroom, permitted, why);
    } else {
      at = endOfObject(start);
      outcomes.add(new Fields(StrictJson.trusted(Arrays.copyOfRange(line, start, at))));
    }
  }

  private void expect(byte[] expected) {
    isCanonical = isCanonical && isAt(expected, at);
    at += isCanonical ? expected.length : 0;
  }

  private boolean isNull() {
    boolean isNull = isCanonical && isAt(NULL, at);
    at += isNull ? NULL.length : 0;
    return isNull;
  }

  private String quoted() {
    isCanonical = isCanonical && isAt('"');
    at += isCanonical ? 1 : 0;
    return text();
  }

  /** Up to the quotation mark, which is skipped: of ASCII, without anything escaped. */
  private String text() {
    int from = at;
    int to = from;
    while (isCanonical && to < line.length && line[to] != '"') {
      isCanonical = line[to] >= ' ' && line[to] != '\\';
      to++;
    }
    isCanonical = isCanonical && to < line.length;
    if (!isCanonical) {
      return null;
    }
    at = to + 1;
    return new String(line, from, to - from, StandardCharsets.US_ASCII);
  }

  private BigDecimal amount() {
    if (!isCanonical || isNull()) {
      return null;
    }
    isCanonical = isAt('"');
    int from = at + 1;
    int to = from + (from < line.length && line[from] == '-' ? 1 : 0);
    boolean isNegative = to > from;
    long unscaled = 0;
    int digits = 0;
    int point = -1;
    for (; to < line.length && line[to] != '"'; to++) {
      if (line[to] == '.' && point < 0 && digits > 0) {
        point = digits;
      } else if (line[to] >= '0' && line[to] <= '9') {
        unscaled = 10 * unscaled + line[to] - '0';
        digits++;
      } else {
        isCanonical = false;
        return null;
      }
    }
    isCanonical = isCanonical && digits > 0 && point != digits && to < line.length;
    if (!isCanonical) {
      return null;
    }
    at = to + 1;
    return digits > LONG_DIGITS
        ? new BigDecimal(new String(line, from, to - from, StandardCharsets.US_ASCII))
        : BigDecimal.valueOf(isNegative ? -unscaled : unscaled, point < 0 ? 0 : digits - point);
  }

  private int endOfObject(int start) {
    int depth = 0;
    boolean isText = false;
    for (int i = start; i < line.length; i++) {
      byte b = line[i];
      if (isText) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          isText = false;
        }
      } else if (b == '"') {
        isText = true;
      } else if (b == '{') {
        depth++;
      } else if (b == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return line.length;
  }

  private boolean isAt(char expected) {
    return at < line.length && line[at] == expected;
  }

  private boolean isAt(byte[] expected, int start) {
    int stop = start + expected.length;
    return stop <= line.length && Arrays.equals(line, start, stop, expected, 0, expected.length);
  }

  private static int indexOf(byte[] line, byte[] sought, int from) {
    int last = line.length - sought.length;
    for (int i = from; i <= last; i++) {
      if (line[i] == sought[0]
          && Arrays.equals(line, i, i + sought.length, sought, 0, sought.length)) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
