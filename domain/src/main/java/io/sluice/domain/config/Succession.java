package io.sluice.domain.config;

/** Whether a configuration can take the place of another while the books stay. */
final class Succession {
  private Succession() {}

  /**
   * Why {@code next} cannot take the place of the configuration now, or null where it can. Books
   * are kept per group and in an account's terms: an account stays, in its group, of its kind and
   * in its currency, and paper books do not become real ones.
   */
  static String refusal(Configuration now, Configuration next) {
    for (Account before : now.accounts().values()) {
      Account after = next.accounts().get(before.id());
      if (after == null) {
        return "the configuration takes the account "
            + before.id()
            + " out of group "
            + before.group()
            + "; its books cannot move, keep it there";
      }
      if (!after.group().equals(before.group())) {
        return "the configuration moves the account "
            + before.id()
            + " from group "
            + before.group()
            + " to "
            + after.group()
            + "; its books cannot move, keep it there and add another account to "
            + after.group();
      }
      if (after.kind() != before.kind() || !after.currency().equals(before.currency())) {
        return "the configuration changes kind or currency of the account "
            + before.id()
            + ", in which its books are kept; add another account instead";
      }
    }
    return now.accounts().isEmpty() || next.execution().mode() == now.execution().mode()
        ? null
        : "the configuration changes execution.mode from "
            + now.execution().mode()
            + " to "
            + next.execution().mode()
            + ", and paper books are no real ones; start with empty state instead";
  }
}
