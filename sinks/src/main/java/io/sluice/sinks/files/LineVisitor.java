package io.sluice.sinks.files;

import java.io.IOException;

/** Sees every line of the output files once, file by file, each in its order. */
@FunctionalInterface
public interface LineVisitor {
  /**
   * @param line UTF-8 without its line end; not to be changed
   */
  void visit(OutputFile file, byte[] line) throws IOException;
}
