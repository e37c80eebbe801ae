-- Crash timeline
--
-- A crash and the prices around it, in periods: how far the price fell, what the gate decided
-- meanwhile and what it reported. Prices are the archived trades, and without them the marks that the
-- gate folded.
--
-- param instrument, required, e.g. BINANCE:BTCUSDT: instrument
-- param at, default none, e.g. 2026-01-31T14:00:00Z: time of the crash; none for the newest FLASH_CRASH of the instrument
-- param before_s, default 60, e.g. 300: how long before it the timeline begins, seconds
-- param after_s, default 300, e.g. 3600: how long after it the timeline ends, seconds
-- param every_s, default 10, e.g. 60: length of a period, seconds
--
-- column from_crash_s: start of the period, seconds from the crash
-- column period: start of the period, UTC
-- column low: lowest price
-- column high: highest price
-- column last: newest price
-- column fall: how far the lowest price is below the highest since the timeline began, a fraction
-- column approved: orders of which something was approved
-- column refused: orders of which nothing was approved
-- column events: what the gate reported of the instrument
WITH
    ifNull({at:Nullable(DateTime64(6, 'UTC'))},
        (SELECT max(event_time) FROM events FINAL WHERE type = 'FLASH_CRASH' AND instrument = {instrument:String})) AS crash,
    crash - toIntervalSecond({before_s:UInt32}) AS first,
    crash + toIntervalSecond({after_s:UInt32}) AS last_moment,
    traded AS
    (
        SELECT event_time AS at, assumeNotNull(price) AS low, assumeNotNull(price) AS high, assumeNotNull(price) AS last, topic_offset AS nth
        FROM trades FINAL
        WHERE instrument = {instrument:String} AND event_time >= first AND event_time < last_moment AND price IS NOT NULL
    ),
    marked AS
    (
        SELECT
            fromUnixTimestamp64Micro(JSONExtractInt(line, 'input', 'event_time_us'), 'UTC') AS at,
            toDecimal128(JSONExtractString(line, 'input', 'low'), 18) AS low,
            toDecimal128(JSONExtractString(line, 'input', 'high'), 18) AS high,
            toDecimal128(JSONExtractString(line, 'input', 'last'), 18) AS last,
            seq AS nth
        FROM journal FINAL
        WHERE input = 'mark' AND JSONExtractString(line, 'input', 'instrument') = {instrument:String}
            AND gate_time >= first - toIntervalHour(1) AND gate_time < last_moment + toIntervalHour(1)
            AND at >= first AND at < last_moment AND (SELECT count() FROM traded) = 0
    ),
    prices AS
    (
        SELECT dateDiff('microsecond', first, at) AS us, low, high, last, at, nth FROM traded
        UNION ALL
        SELECT dateDiff('microsecond', first, at), low, high, last, at, nth FROM marked
    ),
    reports AS
    (
        SELECT dateDiff('microsecond', first, gate_time) AS us, approved_qty > 0 AS is_approved, approved_qty = 0 AS is_refused, '' AS event
        FROM decisions FINAL
        WHERE instrument = {instrument:String} AND gate_time >= first AND gate_time < last_moment AND action != 'CANCEL'
        UNION ALL
        SELECT dateDiff('microsecond', first, event_time), 0, 0,
            concat(type, if(type = 'FLASH_CRASH', concat(' ', JSONExtractString(detail, 'drop'), ' in ', toString(JSONExtractInt(detail, 'window_ms')), ' ms'), ''))
        FROM events FINAL
        WHERE instrument = {instrument:String} AND event_time >= first AND event_time < last_moment
    )
SELECT
    toInt32(bin * {every_s:UInt32}) - toInt32({before_s:UInt32}) AS from_crash_s,
    first + toIntervalSecond(bin * {every_s:UInt32}) AS period,
    p.low AS low,
    p.high AS high,
    p.last AS last,
    round(1 - toFloat64(p.low) / toFloat64(max(p.high) OVER (ORDER BY bin)), 6) AS fall,
    r.approved AS approved,
    r.refused AS refused,
    r.events AS events
FROM
(
    SELECT intDiv(us, {every_s:UInt32} * 1000000) AS bin, toNullable(min(low)) AS low, toNullable(max(high)) AS high,
        toNullable(argMax(last, (at, nth))) AS last
    FROM prices
    GROUP BY bin
) AS p
FULL OUTER JOIN
(
    SELECT intDiv(us, {every_s:UInt32} * 1000000) AS bin, countIf(is_approved) AS approved, countIf(is_refused) AS refused,
        arrayStringConcat(arrayFilter(x -> x != '', groupArray(event)), ', ') AS events
    FROM reports
    GROUP BY bin
) AS r USING (bin)
ORDER BY bin;
