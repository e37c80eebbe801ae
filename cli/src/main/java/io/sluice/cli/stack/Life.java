package io.sluice.cli.stack;

/** What becomes of a process when the one that started it ends, however that ends. */
public enum Life {
  /** It goes on. */
  DETACHED,
  /** It ends; its data stays. */
  BOUND,
  /** It ends and deletes its data folder. */
  TEMPORARY
}
