-- What the journal does to the books: positions, round trips, and the accounts by minute. Folded
-- again from the journal, so that a row written twice is the same row.

CREATE TABLE IF NOT EXISTS positions
(
    risk_group LowCardinality(String),
    account LowCardinality(String),
    instrument LowCardinality(String),
    gate_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    seq Int64 CODEC(Delta, ZSTD(1)),
    qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    cost Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    avg_price Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    mark Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    unrealised_pnl Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    strategy LowCardinality(String),
    decision_id String CODEC(ZSTD(1)),
    stop_loss Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    take_profit Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    risk_score Nullable(Float64) CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(gate_time)
ORDER BY (account, instrument, gate_time, seq);

CREATE TABLE IF NOT EXISTS closed_trades
(
    risk_group LowCardinality(String),
    account LowCardinality(String),
    strategy LowCardinality(String),
    instrument LowCardinality(String),
    side Enum8('LONG' = 1, 'SHORT' = 2),
    opened_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    closed_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    holding_us Int64 CODEC(ZSTD(1)),
    qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    entry_price Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    exit_price Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    gross_pnl Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    fees Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    net_pnl Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    seq Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(closed_at)
ORDER BY (account, strategy, closed_at, instrument, seq);

CREATE TABLE IF NOT EXISTS account_risk
(
    risk_group LowCardinality(String),
    account LowCardinality(String),
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    seq Int64 CODEC(Delta, ZSTD(1)),
    limits_version Int64 CODEC(Delta, ZSTD(1)),
    equity Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    cash Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    pnl_day Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    pnl_week Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    realised_pnl Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    unrealised_pnl Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    fees Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    peak_equity Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    drawdown Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    max_drawdown Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    exposure Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    utilisation Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    reserved_cash Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    open_positions Int32 CODEC(ZSTD(1)),
    open_orders Int32 CODEC(ZSTD(1)),
    losses_in_a_row Int32 CODEC(ZSTD(1)),
    is_halted Bool
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (account, minute, risk_group);

CREATE VIEW IF NOT EXISTS strategy_days AS
SELECT
    toDate(closed_at, 'UTC') AS day,
    account,
    strategy,
    count() AS trades,
    countIf(net_pnl > 0) AS wins,
    countIf(net_pnl < 0) AS losses,
    sum(gross_pnl) AS gross,
    sum(closed_trades.fees) AS fees,
    sum(net_pnl) AS net,
    sumIf(net_pnl, net_pnl > 0) AS won,
    sumIf(-net_pnl, net_pnl < 0) AS lost,
    if(lost > 0, toFloat64(won) / toFloat64(lost), NULL) AS profit_factor,
    wins / trades AS win_rate,
    avg(holding_us) / 1000000 AS holding_s
FROM closed_trades FINAL
GROUP BY day, account, strategy;

CREATE TABLE IF NOT EXISTS trades_by_minute
(
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    instrument LowCardinality(String),
    open AggregateFunction(argMin, Nullable(Decimal(38, 18)), Tuple(DateTime64(6, 'UTC'), Int64)) CODEC(ZSTD(1)),
    high SimpleAggregateFunction(max, Nullable(Decimal(38, 18))) CODEC(ZSTD(1)),
    low SimpleAggregateFunction(min, Nullable(Decimal(38, 18))) CODEC(ZSTD(1)),
    close AggregateFunction(argMax, Nullable(Decimal(38, 18)), Tuple(DateTime64(6, 'UTC'), Int64)) CODEC(ZSTD(1)),
    trades AggregateFunction(uniqExact, Int32, Int64) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (instrument, minute);

CREATE MATERIALIZED VIEW IF NOT EXISTS trades_to_minutes TO trades_by_minute AS
SELECT
    toStartOfMinute(toDateTime(event_time, 'UTC')) AS minute,
    instrument,
    argMinState(price, (event_time, topic_offset)) AS open,
    max(price) AS high,
    min(price) AS low,
    argMaxState(price, (event_time, topic_offset)) AS close,
    uniqExactState(topic_partition, topic_offset) AS trades
FROM trades
GROUP BY minute, instrument;

-- What was traded before there were minutes.
INSERT INTO trades_by_minute
SELECT
    toStartOfMinute(toDateTime(event_time, 'UTC')) AS minute,
    instrument,
    argMinState(price, (event_time, topic_offset)) AS open,
    max(price) AS high,
    min(price) AS low,
    argMaxState(price, (event_time, topic_offset)) AS close,
    uniqExactState(topic_partition, topic_offset) AS trades
FROM trades
GROUP BY minute, instrument;
