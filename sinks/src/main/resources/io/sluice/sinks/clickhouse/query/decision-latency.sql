-- Decision latency
--
-- From when an intent's record was appended to its topic until its decision stood in
-- risk.decisions, in milliseconds and by the broker's stamps, in periods of the gate's clock. Only
-- of a gate on the wall clock: on the event clock the stamps are those of the data.
--
-- param from, default 1970-01-01, e.g. 2026-01-31: from this gate time on
-- param to, default 2200-01-01, e.g. 2026-02-01: before this gate time
-- param group, default '', e.g. firm: risk group; empty for all
-- param every_s, default 3600, e.g. 60: length of a period, seconds
--
-- column period: its start, UTC
-- column decisions: decisions on intents
-- column p50_ms: half of them took at most this long
-- column p90_ms: 90 % of them
-- column p99_ms: 99 % of them
-- column p999_ms: 99.9 % of them
-- column max_ms: the slowest
-- column over_100_ms: how many took longer than 100 ms
WITH (sorted, level) -> sorted[toUInt64(ceil(level * length(sorted)))] AS nearest_rank
SELECT
    toStartOfInterval(gate_time, toIntervalSecond({every_s:UInt32})) AS period,
    count() AS decisions,
    nearest_rank(arraySort(groupArray(took_ms)) AS all_ms, 0.5) AS p50_ms,
    nearest_rank(all_ms, 0.9) AS p90_ms,
    nearest_rank(all_ms, 0.99) AS p99_ms,
    nearest_rank(all_ms, 0.999) AS p999_ms,
    max(took_ms) AS max_ms,
    countIf(took_ms > 100) AS over_100_ms
FROM
(
    SELECT d.gate_time AS gate_time, toUnixTimestamp64Milli(d.published_at) - intDiv(j.arrived_us, 1000) AS took_ms
    FROM decisions AS d FINAL
    INNER JOIN
    (
        SELECT risk_group, seq, JSONExtractInt(line, 'snapshot', 'front_time_us') AS arrived_us
        FROM journal FINAL
        WHERE gate_time >= {from:DateTime64(6, 'UTC')} AND gate_time < {to:DateTime64(6, 'UTC')}
            AND ({group:String} = '' OR risk_group = {group:String})
            AND input = 'intent' AND JSONHas(line, 'snapshot', 'front_time_us')
    ) AS j ON j.risk_group = d.risk_group AND j.seq = d.seq
    WHERE d.gate_time >= {from:DateTime64(6, 'UTC')} AND d.gate_time < {to:DateTime64(6, 'UTC')}
)
GROUP BY period
ORDER BY period;
