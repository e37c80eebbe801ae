-- What the gate answers and records: one row an id, kept for ever. The gate may publish the same
-- bytes again after a restart, so a row written twice is the same row.

CREATE TABLE IF NOT EXISTS decisions
(
    decision_id FixedString(32) CODEC(ZSTD(1)),
    intent_id String CODEC(ZSTD(1)),
    origin Enum8('STRATEGY' = 1, 'MODEL' = 2, 'STOP' = 3, 'OPERATOR' = 4),
    risk_group LowCardinality(String),
    account LowCardinality(String),
    strategy LowCardinality(String),
    instrument LowCardinality(String),
    action Enum8('NONE' = 0, 'NEW' = 1, 'AMEND' = 2, 'CANCEL' = 3),
    target_intent_id String CODEC(ZSTD(1)),
    side Enum8('NONE' = 0, 'BUY' = 1, 'SELL' = 2),
    order_type Enum8('NONE' = 0, 'MARKET' = 1, 'LIMIT' = 2),
    limit_price Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    time_in_force Enum8('NONE' = 0, 'GTC' = 1, 'IOC' = 2, 'FOK' = 3),
    reduce_only Bool,
    requested_qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    verdict Enum8('ALLOW' = 1, 'SHRINK' = 2, 'REDUCE_ONLY' = 3, 'CANCEL_ONLY' = 4, 'DENY' = 5, 'HALT' = 6),
    approved_qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    reasons Array(LowCardinality(String)) CODEC(ZSTD(1)),
    outcomes Nested
    (
        rule LowCardinality(String),
        outcome Enum8('PASS' = 1, 'LIMITED' = 2, 'REFUSED' = 3, 'NOT_FED' = 4, 'ERROR' = 5),
        observed Nullable(Decimal(38, 18)),
        limit Nullable(Decimal(38, 18)),
        headroom Nullable(Decimal(38, 18)),
        permitted Nullable(Decimal(38, 18)),
        why String
    ) CODEC(ZSTD(1)),
    risk_score Nullable(Float64) CODEC(ZSTD(1)),
    reference_price Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    stop_loss Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    take_profit Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    equity Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    position Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    data_age_us Nullable(Int64) CODEC(ZSTD(1)),
    sigma_daily Nullable(Float64) CODEC(ZSTD(1)),
    limits_version Int64 CODEC(Delta, ZSTD(1)),
    model_version LowCardinality(String),
    event_time Nullable(DateTime64(6, 'UTC')) CODEC(DoubleDelta, ZSTD(1)),
    gate_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    valid_until DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    seq Int64 CODEC(Delta, ZSTD(1)),
    sub Int32 CODEC(ZSTD(1)),
    published_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    line String CODEC(ZSTD(3)),
    first_wins UInt64 MATERIALIZED bitNot(toUInt64(toUnixTimestamp64Milli(published_at))) CODEC(ZSTD(1)),
    INDEX by_decision decision_id TYPE bloom_filter(0.01) GRANULARITY 4,
    INDEX by_intent intent_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplacingMergeTree(first_wins)
PARTITION BY toYYYYMM(gate_time)
ORDER BY (account, gate_time, decision_id);

CREATE TABLE IF NOT EXISTS journal
(
    risk_group LowCardinality(String),
    seq Int64 CODEC(Delta, ZSTD(1)),
    gate_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    input LowCardinality(String),
    cause_source LowCardinality(String),
    cause_partition Int32 CODEC(ZSTD(1)),
    cause_offset Int64 CODEC(Delta, ZSTD(1)),
    cause_sub Int32 CODEC(ZSTD(1)),
    decisions UInt16 CODEC(ZSTD(1)),
    hash FixedString(64) CODEC(ZSTD(1)),
    line String CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(gate_time)
ORDER BY (risk_group, seq, hash);

CREATE TABLE IF NOT EXISTS events
(
    event_id FixedString(32) CODEC(ZSTD(1)),
    type LowCardinality(String),
    scope LowCardinality(String),
    instrument LowCardinality(String),
    severity Enum8('INFO' = 1, 'WARNING' = 2, 'ERROR' = 3, 'CRITICAL' = 4),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    detail String CODEC(ZSTD(3)),
    line String CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (type, event_time, event_id);

CREATE TABLE IF NOT EXISTS dead_letters
(
    source LowCardinality(String),
    source_partition Int32,
    source_offset Int64 CODEC(Delta, ZSTD(1)),
    reason String CODEC(ZSTD(3)),
    field LowCardinality(String),
    bytes String CODEC(ZSTD(3)),
    truncated Bool,
    archived_at DateTime('UTC') DEFAULT now('UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (source, source_partition, source_offset);
