-- What was not in force: overridden rules, the gate in shadow, limits on trial. And decisions in fewer
-- words: a rule that passed and has no more to say is a code. Rows of before keep what they say.

ALTER TABLE decisions
    ADD COLUMN IF NOT EXISTS passed Array(LowCardinality(String)) CODEC(ZSTD(1)) AFTER `outcomes.why`,
    ADD COLUMN IF NOT EXISTS overridden Array(LowCardinality(String)) CODEC(ZSTD(1)) AFTER passed,
    ADD COLUMN IF NOT EXISTS params_version Int64 CODEC(Delta, ZSTD(1)) AFTER limits_version,
    ADD COLUMN IF NOT EXISTS rollout LowCardinality(String) AFTER params_version,
    ADD COLUMN IF NOT EXISTS is_shadow Bool AFTER rollout,
    ADD COLUMN IF NOT EXISTS shadow_verdict Enum8('NONE' = 0, 'ALLOW' = 1, 'SHRINK' = 2, 'REDUCE_ONLY' = 3, 'CANCEL_ONLY' = 4, 'DENY' = 5, 'HALT' = 6) AFTER is_shadow,
    ADD COLUMN IF NOT EXISTS shadow_approved_qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)) AFTER shadow_verdict;

-- A batch is a part of one file instead of one for each of some 150 streams, until parts are merged.
ALTER TABLE decisions MODIFY SETTING min_bytes_for_wide_part = 268435456;

CREATE TABLE IF NOT EXISTS shadow_differences
(
    event_id FixedString(32) CODEC(ZSTD(1)),
    account LowCardinality(String),
    instrument LowCardinality(String),
    event_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    intent_id String CODEC(ZSTD(1)),
    decision_id String CODEC(ZSTD(1)),
    verdict LowCardinality(String),
    approved_qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    reasons Array(LowCardinality(String)) CODEC(ZSTD(1)),
    shadow_verdict LowCardinality(String),
    shadow_approved_qty Nullable(Decimal(38, 18)) CODEC(ZSTD(1)),
    shadow_reasons Array(LowCardinality(String)) CODEC(ZSTD(1)),
    limits_version Int64 CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(event_time)
ORDER BY (account, event_time, event_id);

CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_shadow_differences TO shadow_differences AS
SELECT
    event_id,
    replaceOne(scope, 'account:', '') AS account,
    instrument,
    event_time,
    JSONExtractString(detail, 'intent_id') AS intent_id,
    JSONExtractString(detail, 'decision_id') AS decision_id,
    JSONExtractString(detail, 'verdict') AS verdict,
    toDecimal128OrNull(JSONExtractString(detail, 'approved_qty'), 18) AS approved_qty,
    JSONExtract(detail, 'reasons', 'Array(String)') AS reasons,
    JSONExtractString(detail, 'shadow_verdict') AS shadow_verdict,
    toDecimal128OrNull(JSONExtractString(detail, 'shadow_approved_qty'), 18) AS shadow_approved_qty,
    JSONExtract(detail, 'shadow_reasons', 'Array(String)') AS shadow_reasons,
    JSONExtractInt(detail, 'limits_version') AS limits_version
FROM events
WHERE type = 'SHADOW_DIFF';

-- What differed before there was the table.
INSERT INTO shadow_differences
SELECT
    event_id,
    replaceOne(scope, 'account:', '') AS account,
    instrument,
    event_time,
    JSONExtractString(detail, 'intent_id') AS intent_id,
    JSONExtractString(detail, 'decision_id') AS decision_id,
    JSONExtractString(detail, 'verdict') AS verdict,
    toDecimal128OrNull(JSONExtractString(detail, 'approved_qty'), 18) AS approved_qty,
    JSONExtract(detail, 'reasons', 'Array(String)') AS reasons,
    JSONExtractString(detail, 'shadow_verdict') AS shadow_verdict,
    toDecimal128OrNull(JSONExtractString(detail, 'shadow_approved_qty'), 18) AS shadow_approved_qty,
    JSONExtract(detail, 'shadow_reasons', 'Array(String)') AS shadow_reasons,
    JSONExtractInt(detail, 'limits_version') AS limits_version
FROM events
WHERE type = 'SHADOW_DIFF';
