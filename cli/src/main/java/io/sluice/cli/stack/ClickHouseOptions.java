package io.sluice.cli.stack;

import java.nio.file.Path;

/**
 * How a local ClickHouse is started.
 *
 * @param folder its folder, made when missing and kept; null for a temporary one, deleted with it
 * @param port where clients reach it, 0 for any free port
 * @param user who may ask
 * @param password what the user has to give; empty for none
 */
public record ClickHouseOptions(Path folder, int port, String user, String password) {
  /** A free port, a temporary folder, the user that every ClickHouse has. */
  public static ClickHouseOptions temporary() {
    return new ClickHouseOptions(null, 0, "default", "");
  }

  /** The same with its data kept in a folder. */
  public ClickHouseOptions in(Path folder) {
    return new ClickHouseOptions(folder, port, user, password);
  }

  /** The same at another port. */
  public ClickHouseOptions at(int port) {
    return new ClickHouseOptions(folder, port, user, password);
  }

  /** The same for one user with a password. */
  public ClickHouseOptions as(String user, String password) {
    return new ClickHouseOptions(folder, port, user, password);
  }

  String url() {
    return "http://localhost:" + port;
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return folder + " at port " + port + " for " + user;
  }
}
