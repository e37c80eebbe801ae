package io.sluice.domain.risk.limit;

import java.util.Locale;

/**
 * What a limit or a halt applies to.
 *
 * @param name the desk, account, {@code account/strategy}, instrument or venue; empty for the firm
 */
public record Scope(Kind kind, String name) implements Comparable<Scope> {
  /** The kinds of scope, from the widest. */
  public enum Kind {
    FIRM,
    DESK,
    ACCOUNT,
    STRATEGY,
    INSTRUMENT,
    VENUE;

    private final String prefix = name().toLowerCase(Locale.ROOT) + ":";
  }

  public static final Scope FIRM = new Scope(Kind.FIRM, "");

  public static Scope account(String account) {
    return new Scope(Kind.ACCOUNT, account);
  }

  public static Scope desk(String desk) {
    return new Scope(Kind.DESK, desk);
  }

  public static Scope strategy(String account, String strategy) {
    return new Scope(Kind.STRATEGY, account + "/" + strategy);
  }

  public static Scope instrument(String instrument) {
    return new Scope(Kind.INSTRUMENT, instrument);
  }

  public static Scope venue(String venue) {
    return new Scope(Kind.VENUE, venue);
  }

  /**
   * Reads {@code firm}, {@code account:demo}, {@code strategy:demo/momentum}, ...; null for
   * anything else, null too.
   */
  public static Scope parse(String text) {
    if ("firm".equals(text)) {
      return FIRM;
    }
    int colon = text == null ? -1 : text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      return null;
    }
    String name = text.substring(colon + 1);
    for (Kind kind : Kind.values()) {
      if (kind != Kind.FIRM && text.startsWith(kind.prefix)) {
        return kind == Kind.STRATEGY && !isAccountAndStrategy(name) ? null : new Scope(kind, name);
      }
    }
    return null;
  }

  private static boolean isAccountAndStrategy(String name) {
    int slash = name.indexOf('/');
    return slash > 0 && slash < name.length() - 1;
  }

  /** For a strategy scope the account it belongs to. */
  public String accountOfStrategy() {
    return name.substring(0, name.indexOf('/'));
  }

  /** For a strategy scope the strategy. */
  public String strategyOfAccount() {
    return name.substring(name.indexOf('/') + 1);
  }

  // Written out: scopes are looked up many times an entry, and a record's own are several times
  // slower.
  @Override
  public boolean equals(Object other) {
    return other instanceof Scope scope && scope.kind == kind && scope.name.equals(name);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + kind.ordinal();
  }

  @Override
  public String toString() {
    return kind == Kind.FIRM ? "firm" : kind.prefix + name;
  }

  @Override
  public int compareTo(Scope other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }
}
