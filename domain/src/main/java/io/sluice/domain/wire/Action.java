package io.sluice.domain.wire;

/** What an intent wishes to do. */
public enum Action {
  NEW,
  AMEND,
  CANCEL
}
