package io.sluice.operators.edge;

/**
 * A record of a Kafka topic as it was read, not looked into yet.
 *
 * @param appendedUs the record's stamp, epoch microseconds
 * @param isStampedByBroker whether the broker set the stamp when it appended the record; else the
 *     producer did
 * @param key UTF-8, or null
 * @param value the line, or null for a tombstone
 */
public record TopicRecord(
    String topic,
    int partition,
    long offset,
    long appendedUs,
    boolean isStampedByBroker,
    String key,
    byte[] value) {}
