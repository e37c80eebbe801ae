package io.sluice.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.wire.Message;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void eachKindFromOutsideBelongsIntoOneTopic() {
    List<Topic> read = new ArrayList<>(Topic.MARKET);
    read.addAll(Topic.ORDERS);
    List<Message.Kind> kinds = new ArrayList<>();
    read.forEach(topic -> kinds.addAll(topic.kinds()));

    assertThat(kinds)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.range(Message.Kind.CONTROL, Message.Kind.INTENT));
    assertThat(Topic.values())
        .filteredOn(topic -> !read.contains(topic))
        .allMatch(topic -> topic.kinds().isEmpty());
  }
}
