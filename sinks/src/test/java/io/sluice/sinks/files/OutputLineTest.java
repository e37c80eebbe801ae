package io.sluice.sinks.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLineTest {
  private static final byte[] LINE = "{}".getBytes(UTF_8);

  @Test
  void ordersEachFileAsTheContractSays() {
    assertInOrder(
        OutputLine.decision("desk", 9, 0, LINE),
        OutputLine.decision("desk", 10, 0, LINE),
        OutputLine.decision("desk", 10, 1, LINE),
        OutputLine.decision("desk2", 1, 0, LINE),
        OutputLine.decision("firm", 1, 0, LINE),
        OutputLine.event(-1, "Z", "z", "z", LINE),
        OutputLine.event(5, "A", "b", "b", LINE),
        OutputLine.event(5, "B", "a", "b", LINE),
        OutputLine.event(5, "B", "b", "a", LINE),
        OutputLine.event(5, "B", "b", "b", LINE),
        OutputLine.event(6, "A", "a", "a", LINE),
        OutputLine.journal("desk", 2, LINE),
        OutputLine.journal("desk", 10, LINE),
        OutputLine.journal("firm", 1, LINE),
        OutputLine.deadLetter(0, 2, "t", LINE),
        OutputLine.deadLetter(0, 10, "r", LINE),
        OutputLine.deadLetter(0, 10, "s", LINE),
        OutputLine.deadLetter(1, 1, "a", LINE));
  }

  @Test
  void refusesALineThatWouldBeTwo() {
    assertThatThrownBy(() -> OutputLine.journal("firm", 7, "{\n}".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(\"firm\", 7)");
  }

  @Test
  void refusesWhatAPartCouldNotHold() {
    assertThatThrownBy(() -> OutputLine.journal("firm", 7, new byte[OutputLine.MAX_LINE_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] longKey = new byte[OutputLine.MAX_KEY_BYTES + 1];
    assertThatThrownBy(() -> new OutputLine(OutputFile.JOURNAL, longKey, LINE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertInOrder(OutputLine... lines) {
    List<OutputLine> expected = List.of(lines);
    List<OutputLine> sorted = new ArrayList<>(expected);
    Collections.reverse(sorted);
    Collections.sort(sorted);
    assertThat(sorted).isEqualTo(expected);
  }
}
