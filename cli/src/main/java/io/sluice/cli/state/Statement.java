package io.sluice.cli.state;

import io.sluice.domain.config.Account;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.input.InputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a broker or venue says that accounts have: a snapshot of each, whole. It is read of CSV, a
 * line for the cash and one for each position, or of lines of the wire, one for each account.
 */
public final class Statement {
  static final String HEADER = "account,currency,instrument,qty,avg_price,as_of";
  private static final int COLUMNS = 6;

  private final Configuration risk;
  private final Map<String, AccountSnapshot> accounts = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private Statement(Configuration risk) {
    this.risk = risk;
  }

  /**
   * @throws InputException naming every line that is wrong
   */
  public static Statement read(Path file, Configuration risk) throws InputException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new InputException(
          file + " cannot be read (" + e.getClass().getSimpleName() + "): name a statement's file");
    }
    Statement statement = new Statement(risk);
    if (!lines.isEmpty() && lines.get(0).strip().equals(HEADER)) {
      statement.readCsv(lines);
    } else if (!lines.isEmpty() && lines.get(0).startsWith("{")) {
      statement.readWire(lines);
    } else {
      throw new InputException(
          file
              + " is no statement, expected lines of type account or CSV with the header "
              + HEADER);
    }
    if (!statement.problems.isEmpty()) {
      throw new InputException(
          file + " is not read:\n  " + String.join("\n  ", statement.problems));
    }
    return statement;
  }

  /** By account, sorted. */
  public Collection<AccountSnapshot> accounts() {
    return accounts.values();
  }

  /** The configured accounts that it does not speak of. */
  public List<String> missing() {
    return risk.accounts().keySet().stream().filter(id -> !accounts.containsKey(id)).toList();
  }

  private void readWire(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      try {
        if (WireReader.read(line.getBytes(StandardCharsets.UTF_8))
            instanceof AccountSnapshot snapshot) {
          if (isConfigured(i + 1, snapshot.account(), snapshot.currency())) {
            int number = i + 1;
            snapshot.positions().forEach(held -> isListed(number, held.instrument()));
            add(number, snapshot);
          }
        } else {
          wrong(i + 1, "it is no line of type account");
        }
      } catch (UnreadableException e) {
        wrong(i + 1, e.getMessage());
      }
    }
  }

  /** An account's lines in a CSV. */
  private static final class Rows {
    private final int line;
    private final String currency;
    private final long asOfUs;
    private BigDecimal cash;
    private final List<AccountSnapshot.Holding> positions = new ArrayList<>();

    private Rows(int line, String currency, long asOfUs) {
      this.line = line;
      this.currency = currency;
      this.asOfUs = asOfUs;
    }
  }

  private void readCsv(List<String> lines) {
    Map<String, Rows> byAccount = new TreeMap<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        readRow(i + 1, lines.get(i).split(",", -1), byAccount);
      }
    }
    byAccount.forEach(
        (account, rows) -> {
          if (rows.cash == null) {
            wrong(rows.line, account + " has no cash, expected a line without instrument");
          } else {
            add(
                rows.line,
                new AccountSnapshot(
                    account, rows.currency, rows.cash, rows.positions, rows.asOfUs));
          }
        });
  }

  private void readRow(int line, String[] cells, Map<String, Rows> byAccount) {
    if (cells.length != COLUMNS) {
      wrong(line, "it has " + cells.length + " columns, expected " + COLUMNS + ": " + HEADER);
      return;
    }
    String account = cells[0].strip();
    String currency = cells[1].strip();
    String instrument = cells[2].strip();
    boolean isCash = instrument.isEmpty();
    BigDecimal qty = Decimals.parse(cells[3].strip());
    BigDecimal price = Decimals.parse(cells[4].strip());
    Long asOfUs = timeUs(cells[5].strip());
    if (!isConfigured(line, account, currency) || !isCash && !isListed(line, instrument)) {
      return;
    }
    if (qty == null) {
      wrong(line, "qty is \"" + cells[3] + "\", expected a decimal such as 1.5");
    } else if (isCash && !cells[4].isBlank()) {
      wrong(line, "avg_price is \"" + cells[4] + "\", expected none for cash");
    } else if (!isCash && (price == null || price.signum() < 0)) {
      wrong(line, "avg_price is \"" + cells[4] + "\", expected a decimal of 0 or more");
    } else if (asOfUs == null) {
      wrong(line, "as_of is \"" + cells[5] + "\", expected a time such as 2026-01-31T14:00:00Z");
    } else {
      Rows rows = byAccount.computeIfAbsent(account, id -> new Rows(line, currency, asOfUs));
      if (rows.asOfUs != asOfUs) {
        wrong(line, "as_of is not that of line " + rows.line + " for " + account);
      } else if (isCash && rows.cash != null) {
        wrong(line, "the cash of " + account + " came before, expected it once");
      } else if (isCash) {
        rows.cash = qty;
      } else if (rows.positions.stream().anyMatch(held -> held.instrument().equals(instrument))) {
        wrong(line, "the position of " + account + " in " + instrument + " came before");
      } else {
        rows.positions.add(new AccountSnapshot.Holding(instrument, qty, price));
      }
    }
  }

  private boolean isConfigured(int line, String id, String currency) {
    Account account = risk.accounts().get(id);
    if (account == null) {
      wrong(line, "account is \"" + id + "\", expected a configured one");
    } else if (!account.currency().equals(currency)) {
      wrong(
          line,
          "currency is \"" + currency + "\", expected " + account.currency() + ", that of " + id);
    }
    return account != null && account.currency().equals(currency);
  }

  private boolean isListed(int line, String instrument) {
    boolean isListed = risk.instruments().containsKey(instrument);
    if (!isListed) {
      wrong(line, "instrument is \"" + instrument + "\", expected a configured one");
    }
    return isListed;
  }

  private static Long timeUs(String text) {
    try {
      var at = OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(at.getEpochSecond(), Times.SECOND_US), at.getNano() / 1_000L);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private void add(int line, AccountSnapshot snapshot) {
    if (accounts.putIfAbsent(snapshot.account(), snapshot) != null) {
      wrong(line, "account " + snapshot.account() + " came before, expected it once");
    }
  }

  private void wrong(int line, String what) {
    problems.add("line " + line + ": " + what);
  }
}
