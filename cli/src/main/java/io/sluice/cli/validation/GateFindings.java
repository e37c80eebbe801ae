package io.sluice.cli.validation;

import io.sluice.cli.live.GateStatus;
import io.sluice.cli.live.Heartbeat;
import io.sluice.cli.validation.Finding.Grade;
import java.util.ArrayList;
import java.util.List;

/** What the topics tell of a gate's life. */
final class GateFindings {
  private static final String HEALTH = "health";
  private static final long MOST_UNREAD = 100_000;

  private GateFindings() {}

  static List<Finding> of(GateStatus gate) {
    List<Finding> findings = new ArrayList<>();
    List<String> dead =
        gate.heartbeats().values().stream()
            .filter(beat -> !beat.isAliveAt(gate.atUs()))
            .map(Heartbeat::group)
            .toList();
    List<String> silent = new ArrayList<>(gate.missing());
    silent.addAll(dead);
    findings.add(
        Finding.of(
            gate.isAlive(),
            Grade.FAIL,
            HEALTH,
            "heartbeats",
            gate.heartbeats().isEmpty()
                ? "none"
                : silent.isEmpty()
                    ? gate.heartbeats().size() + " groups alive"
                    : "none of " + String.join(", ", silent),
            "one of every group in the last 60 s",
            "executors stop by themselves; ./sluice status, and the job's exceptions"));
    long halts = gate.heartbeats().values().stream().mapToLong(Heartbeat::halts).sum();
    findings.add(
        Finding.of(
            halts == 0,
            Grade.WARN,
            HEALTH,
            "halts in effect",
            String.valueOf(halts),
            "0, or as before the deployment",
            "a halt stays across upgrades: resume it when its reason is gone"));
    long stale = gate.heartbeats().values().stream().mapToLong(Heartbeat::stale).sum();
    findings.add(
        Finding.of(
            stale == 0,
            Grade.WARN,
            HEALTH,
            "stale marks",
            stale + " instruments that are held",
            "0",
            "market data of these is missing; events DATA_STALE name them"));
    long unread = gate.unread().values().stream().mapToLong(Long::longValue).sum();
    findings.add(
        Finding.of(
            unread <= MOST_UNREAD,
            Grade.WARN,
            HEALTH,
            "unread records",
            unread + " as of the newest checkpoint",
            "at most " + MOST_UNREAD,
            "the gate is behind: more parallel gates, or wait until it has caught up"));
    findings.add(
        Finding.of(
            gate.deadLetters() == 0,
            Grade.WARN,
            HEALTH,
            "dead letters",
            String.valueOf(gate.deadLetters()),
            "0, or as before the deployment",
            "risk.deadletter says what could not be read, and why"));
    return findings;
  }
}
