package io.sluice.domain.journal;

import io.sluice.domain.market.Snapshot;
import io.sluice.domain.wire.Message;

/**
 * One input of a risk group's fold.
 *
 * @param group the risk group
 * @param cause where it comes from
 * @param gateTimeUs the only clock a rule sees, epoch microseconds
 * @param input what happened
 * @param snapshot for an intent what the front knew of its instrument, else null
 */
public record Entry(String group, Cause cause, long gateTimeUs, Message input, Snapshot snapshot) {}
