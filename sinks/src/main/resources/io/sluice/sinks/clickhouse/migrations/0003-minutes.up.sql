-- Decisions by minute, counted by id: a decision that is written twice counts once.

CREATE TABLE IF NOT EXISTS decisions_by_minute
(
    minute DateTime('UTC') CODEC(Delta, ZSTD(1)),
    risk_group LowCardinality(String),
    account LowCardinality(String),
    strategy LowCardinality(String),
    instrument LowCardinality(String),
    verdict Enum8('ALLOW' = 1, 'SHRINK' = 2, 'REDUCE_ONLY' = 3, 'CANCEL_ONLY' = 4, 'DENY' = 5, 'HALT' = 6),
    decisions AggregateFunction(uniqExact, FixedString(32)) CODEC(ZSTD(1)),
    max_risk_score SimpleAggregateFunction(max, Nullable(Float64)) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (account, strategy, instrument, verdict, risk_group, minute);

CREATE MATERIALIZED VIEW IF NOT EXISTS decisions_to_minutes TO decisions_by_minute AS
SELECT
    toStartOfMinute(toDateTime(gate_time, 'UTC')) AS minute,
    risk_group,
    account,
    strategy,
    instrument,
    verdict,
    uniqExactState(decision_id) AS decisions,
    max(risk_score) AS max_risk_score
FROM decisions
GROUP BY minute, risk_group, account, strategy, instrument, verdict;

-- What was decided before there were minutes.
INSERT INTO decisions_by_minute
SELECT
    toStartOfMinute(toDateTime(gate_time, 'UTC')) AS minute,
    risk_group,
    account,
    strategy,
    instrument,
    verdict,
    uniqExactState(decision_id) AS decisions,
    max(risk_score) AS max_risk_score
FROM decisions
GROUP BY minute, risk_group, account, strategy, instrument, verdict;
