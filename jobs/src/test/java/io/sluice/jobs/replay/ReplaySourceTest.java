package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.input.FileFormat;
import io.sluice.jobs.input.Input;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.jobs.input.InputPartition;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ReplaySourceTest {
  @Test
  void inputsOfBothFormsTravelInTheJobGraph() throws IOException, ClassNotFoundException {
    Path path = Path.of("trades.csv").toAbsolutePath();
    KafkaSettings kafka =
        new KafkaSettings("localhost:9092", "desk.", "sluice", Map.of("client.id", "x"));
    List<Input> inputs =
        List.of(
            new InputFile(path, InputKind.TRADES, 0, FileFormat.BITSTAMP, "V:BTC"),
            new InputPartition(kafka, Topic.MARKET_TRADES, 3, 5, 9),
            new InputFile(path, InputKind.INTENTS, 1, null, null));
    byte[] bytes = InstantiationUtil.serializeObject(new ReplaySource(inputs));

    ReplaySource source = InstantiationUtil.deserializeObject(bytes, getClass().getClassLoader());
    assertThat(source.inputs()).isEqualTo(inputs);
  }
}
