package io.sluice.operators;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.ClockTick;
import io.sluice.operators.edge.Sequenced;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells every group the time: a clock entry for each slot of ten seconds, so that what ends by
 * itself ends, silence is noticed and executors hear that the gate lives.
 */
public final class GroupClock extends ProcessFunction<Long, Sequenced> {
  private static final long serialVersionUID = 1L;

  private final byte[] storedConfiguration;
  private transient Configuration configuration;
  private transient long lastSlotUs;

  public GroupClock(byte[] storedConfiguration) {
    this.storedConfiguration = storedConfiguration;
  }

  @Override
  public void open(OpenContext context) {
    configuration = StoredConfiguration.read(storedConfiguration);
  }

  /**
   * @param nowUs the time, epoch microseconds
   */
  @Override
  public void processElement(Long nowUs, Context context, Collector<Sequenced> entries) {
    long slotUs = nowUs - Math.floorMod(nowUs, ClockTick.SLOT_US);
    if (slotUs <= lastSlotUs) {
      return;
    }
    lastSlotUs = slotUs;
    int sub = 0;
    for (String group : configuration.groups()) {
      Cause cause = new Cause("clock", 0, slotUs, sub++);
      Entry entry = new Entry(group, cause, nowUs, new ClockTick(slotUs), null);
      entries.collect(Sequenced.of(0, entry));
    }
  }
}
