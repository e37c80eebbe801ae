package io.sluice.domain.risk.userrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConditionTest {
  private static final String LARGE = "intent.qty > 0.5";

  /** A gate reads its configuration once for each group, and again when they are restored. */
  @Test
  void aTextIsCompiledOnce() {
    assertThat(Condition.compile(LARGE)).isSameAs(Condition.compile(LARGE));
    assertThat(Condition.compile("intent.qty > 0.6")).isNotSameAs(Condition.compile(LARGE));
  }

  @Test
  void whatDoesNotCompileIsSaidEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Condition.compile("intent.weight > 1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("there is no intent.weight");
    }
  }

  @Test
  void notAllThatEverCameIsKept() {
    Condition first = Condition.compile(LARGE);
    for (int i = 0; i < 200; i++) {
      Condition.compile("intent.qty > " + i + ".25");
    }
    assertThat(Condition.compile(LARGE)).isNotSameAs(first);
  }
}
