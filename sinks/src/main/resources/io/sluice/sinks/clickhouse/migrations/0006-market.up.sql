-- What the market looked like: bars, the features computed on them, and what models said. One row a
-- record, by its place in the topic, so that a record written twice is one row.

CREATE TABLE IF NOT EXISTS bars
(
    instrument LowCardinality(String),
    length_s UInt32,
    start_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    open Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    high Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    low Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    close Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    volume Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    vwap Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    trades UInt32 CODEC(ZSTD(1)),
    regime LowCardinality(String),
    regime_confidence Nullable(Float64) CODEC(ZSTD(1)),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1)),
    archived_at DateTime('UTC') DEFAULT now('UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(start_time)
ORDER BY (instrument, length_s, start_time, topic_partition, topic_offset)
TTL archived_at + INTERVAL 365 DAY;

CREATE TABLE IF NOT EXISTS features
(
    instrument LowCardinality(String),
    length_s UInt32,
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    features Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    schema_hash LowCardinality(String),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1)),
    archived_at DateTime('UTC') DEFAULT now('UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (instrument, length_s, event_time, topic_partition, topic_offset)
TTL archived_at + INTERVAL 90 DAY;

CREATE TABLE IF NOT EXISTS scores
(
    instrument LowCardinality(String),
    model LowCardinality(String),
    model_version LowCardinality(String),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    side Enum8('HOLD' = 0, 'BUY' = 1, 'SELL' = 2),
    confidence Nullable(Float64) CODEC(ZSTD(1)),
    expected_return Nullable(Float64) CODEC(ZSTD(1)),
    regime LowCardinality(String),
    weights Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1)),
    line String CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (instrument, model, event_time, topic_partition, topic_offset);
