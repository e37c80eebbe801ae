package io.sluice.jobs;

/**
 * The operators' uids: state is found again by them, so that none is ever changed or used for
 * something else.
 */
public final class Uids {
  public static final String SOURCE = "source";
  public static final String ROUTER = "router";
  public static final String MARKET_STATE = "market-state";
  public static final String ORDERED_EDGE = "ordered-edge";
  public static final String RISK_GATE = "risk-gate";
  public static final String FLASH_CRASH = "flash-crash";
  public static final String FLASH_CRASH_OUTPUT = "flash-crash-output";
  public static final String OUTPUT_LINES = "output-lines";
  public static final String FILES = "files";

  private Uids() {}
}
