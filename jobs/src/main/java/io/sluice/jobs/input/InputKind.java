package io.sluice.jobs.input;

import io.sluice.domain.wire.Message;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a file was given as on the command line; each option takes its own kinds of line. */
public enum InputKind {
  TRADES("a trade or quote", Message.Kind.TRADE, Message.Kind.QUOTE),
  QUOTES("a trade or quote", Message.Kind.TRADE, Message.Kind.QUOTE),
  INTENTS("an intent", Message.Kind.INTENT),
  FILLS("a fill", Message.Kind.FILL),
  ORDERS("an order", Message.Kind.ORDER),
  ACCOUNTS("an account or venue", Message.Kind.ACCOUNT, Message.Kind.VENUE),
  CONTROL("a control", Message.Kind.CONTROL);

  private final String expected;
  private final Set<Message.Kind> accepted;

  InputKind(String expected, Message.Kind first, Message.Kind... rest) {
    this.expected = expected;
    this.accepted = EnumSet.of(first, rest);
  }

  /** The option as it is typed, {@code --trades}. */
  public String option() {
    return "--" + name().toLowerCase(Locale.ROOT);
  }

  /** The kinds of line that belong into the file. */
  Set<Message.Kind> accepted() {
    return accepted;
  }

  /** What the file's lines should be, with its article: {@code a trade or quote}. */
  String expected() {
    return expected;
  }
}
