-- What the gate's topics of inputs hold: one row a record, by its place in the topic, so that a
-- record written twice is one row. Where an id comes twice with other content, both are here.

CREATE TABLE IF NOT EXISTS trades
(
    instrument LowCardinality(String),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    receive_time Nullable(DateTime64(6, 'UTC')) CODEC(DoubleDelta, ZSTD(1)),
    trade_id String CODEC(ZSTD(1)),
    price Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    aggressor Enum8('UNKNOWN' = 0, 'BUY' = 1, 'SELL' = 2),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1)),
    archived_at DateTime('UTC') DEFAULT now('UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (instrument, event_time, topic_partition, topic_offset)
TTL archived_at + INTERVAL 90 DAY;

CREATE TABLE IF NOT EXISTS quotes
(
    instrument LowCardinality(String),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    receive_time Nullable(DateTime64(6, 'UTC')) CODEC(DoubleDelta, ZSTD(1)),
    bid Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    bid_qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    ask Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    ask_qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1)),
    archived_at DateTime('UTC') DEFAULT now('UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (instrument, event_time, topic_partition, topic_offset)
TTL archived_at + INTERVAL 90 DAY;

CREATE TABLE IF NOT EXISTS intents
(
    account LowCardinality(String),
    intent_id String CODEC(ZSTD(1)),
    action Enum8('NONE' = 0, 'NEW' = 1, 'AMEND' = 2, 'CANCEL' = 3),
    target_intent_id String CODEC(ZSTD(1)),
    strategy LowCardinality(String),
    instrument LowCardinality(String),
    side Enum8('NONE' = 0, 'BUY' = 1, 'SELL' = 2),
    order_type Enum8('NONE' = 0, 'MARKET' = 1, 'LIMIT' = 2),
    qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    limit_price Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    time_in_force Enum8('NONE' = 0, 'GTC' = 1, 'IOC' = 2, 'FOK' = 3),
    reduce_only Bool,
    confidence Nullable(Float64) CODEC(ZSTD(1)),
    expected_return Nullable(Float64) CODEC(ZSTD(1)),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1)),
    line String CODEC(ZSTD(3)),
    INDEX by_intent intent_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (account, event_time, intent_id, topic_partition, topic_offset);

CREATE TABLE IF NOT EXISTS fills
(
    account LowCardinality(String),
    fill_id String CODEC(ZSTD(1)),
    intent_id String CODEC(ZSTD(1)),
    strategy LowCardinality(String),
    instrument LowCardinality(String),
    side Enum8('NONE' = 0, 'BUY' = 1, 'SELL' = 2),
    qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    price Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    fee Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    fee_currency LowCardinality(String),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1)),
    line String CODEC(ZSTD(3)),
    INDEX by_intent intent_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (account, instrument, event_time, fill_id, topic_partition, topic_offset);

CREATE TABLE IF NOT EXISTS orders
(
    account LowCardinality(String),
    intent_id String CODEC(ZSTD(1)),
    instrument LowCardinality(String),
    status Enum8('ACKED' = 1, 'REJECTED' = 2, 'CANCELLED' = 3, 'EXPIRED' = 4, 'DONE' = 5),
    cum_qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    leaves_qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1)),
    line String CODEC(ZSTD(3)),
    INDEX by_intent intent_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (account, event_time, intent_id, topic_partition, topic_offset);

CREATE TABLE IF NOT EXISTS account_snapshots
(
    account LowCardinality(String),
    currency LowCardinality(String),
    cash Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    positions Nested
    (
        instrument LowCardinality(String),
        qty Nullable(Decimal(38, 18)),
        avg_price Nullable(Decimal(38, 18))
    ),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1)),
    line String CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (account, event_time, topic_partition, topic_offset);

CREATE TABLE IF NOT EXISTS venue_statuses
(
    venue LowCardinality(String),
    status Enum8('UP' = 1, 'DEGRADED' = 2, 'RATE_LIMITED' = 3, 'AUTH_FAILED' = 4, 'DOWN' = 5),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (venue, event_time, topic_partition, topic_offset);

CREATE TABLE IF NOT EXISTS commands
(
    command_id String CODEC(ZSTD(1)),
    command LowCardinality(String),
    scope LowCardinality(String),
    issued_by LowCardinality(String),
    reason String CODEC(ZSTD(3)),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    effective_at Nullable(DateTime64(6, 'UTC')) CODEC(ZSTD(1)),
    expires_at Nullable(DateTime64(6, 'UTC')) CODEC(ZSTD(1)),
    topic_partition Int32 CODEC(ZSTD(1)),
    topic_offset Int64 CODEC(Delta, ZSTD(1)),
    line String CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (event_time, command_id, topic_partition, topic_offset);
