package io.sluice.sinks.clickhouse.table;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A decision's line without the outcomes that say no more than their rule's code: passed, with
 * nothing observed and no limit, all of the requested quantity permitted. They are most of a line,
 * and are told by their bytes, which cost a fraction of reading them as JSON.
 *
 * <p>Told from the canonical bytes that the gate writes. A line that is written otherwise is left
 * as it is: then all of its outcomes are read.
 *
 * @param codes of the rules that are left out, in order
 * @param rest the line with what is left
 */
record PassedOutcomes(List<String> codes, byte[] rest) {
  private static final byte[] REQUESTED = bytes("\"requested_qty\":");
  private static final byte[] OUTCOMES = bytes("\"outcomes\":[");
  private static final byte[] RULE = bytes("{\"rule\":\"");
  private static final byte[] PASSED =
      bytes(
          "\",\"outcome\":\"PASS\",\"observed\":null,\"limit\":null,\"headroom\":null,\"permitted\":");
  private static final byte[] END = bytes(",\"why\":null}");

  static PassedOutcomes leftOutOf(byte[] line) {
    int requested = indexOf(line, REQUESTED, 0);
    int outcomes = indexOf(line, OUTCOMES, Math.max(requested, 0));
    if (requested < 0 || outcomes < 0) {
      return new PassedOutcomes(List.of(), line);
    }
    int from = requested + REQUESTED.length;
    int to = from;
    while (to < outcomes && line[to] != ',') {
      to++;
    }
    byte[] end = new byte[to - from + END.length];
    System.arraycopy(line, from, end, 0, to - from);
    System.arraycopy(END, 0, end, to - from, END.length);
    return new Scan(line, end).from(outcomes + OUTCOMES.length);
  }

  private static final class Scan {
    private final byte[] line;
    private final byte[] end;
    private final List<String> codes = new ArrayList<>();
    private final ByteArrayOutputStream rest;

    private Scan(byte[] line, byte[] end) {
      this.line = line;
      this.end = end;
      this.rest = new ByteArrayOutputStream(line.length);
    }

    private PassedOutcomes from(int first) {
      rest.write(line, 0, first);
      int at = first;
      boolean isFirstLeft = true;
      while (at < line.length && line[at] == '{') {
        int next = passed(at);
        if (next < 0) {
          next = endOfObject(at);
          if (!isFirstLeft) {
            rest.write(',');
          }
          rest.write(line, at, next - at);
          isFirstLeft = false;
        }
        at = next < line.length && line[next] == ',' ? next + 1 : next;
      }
      rest.write(line, at, line.length - at);
      return new PassedOutcomes(codes, rest.toByteArray());
    }

    /** Where the outcome ends that begins here, if it is one to be left out; else -1. */
    private int passed(int start) {
      if (!isAt(RULE, start)) {
        return -1;
      }
      int code = start + RULE.length;
      int codeEnd = code;
      while (codeEnd < line.length && line[codeEnd] != '"' && line[codeEnd] != '\\') {
        codeEnd++;
      }
      int afterPassed = codeEnd + PASSED.length;
      if (!isAt(PASSED, codeEnd) || !isAt(end, afterPassed)) {
        return -1;
      }
      codes.add(new String(line, code, codeEnd - code, StandardCharsets.UTF_8));
      return afterPassed + end.length;
    }

    private boolean isAt(byte[] expected, int start) {
      int stop = start + expected.length;
      return stop <= line.length && Arrays.equals(line, start, stop, expected, 0, expected.length);
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
