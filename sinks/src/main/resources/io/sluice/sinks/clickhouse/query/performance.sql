-- Performance
--
-- Profit, drawdown, win rate, profit factor and Sharpe ratio by account, strategy and day, from the
-- venue's fills. A round trip leads from flat to flat; it counts on the day it ends, for the strategy
-- that opened it, fees deducted. The Sharpe ratio is that of the days so far, days without a round
-- trip counted as 0, on 365 days a year; quantities are in units of a multiplier of 1.
--
-- param from, default 1970-01-01, e.g. 2026-01-01: days from this time on; everything before counts towards the totals
-- param to, default 2200-01-01, e.g. 2026-02-01: round trips that ended before this time
-- param account, default '', e.g. demo: account; empty for all
-- param strategy, default '', e.g. momentum: strategy; empty for all
--
-- column account: account
-- column strategy: strategy that opened the round trips
-- column day: UTC day
-- column round_trips: round trips that ended
-- column win_rate: of which with a profit, 0 to 1
-- column pnl: their profit, fees deducted
-- column fees: their fees
-- column profit_factor: profits by losses of the day; none without a loss
-- column total_pnl: profit of all days so far
-- column drawdown: the deepest fall of the total from its highest so far, an amount
-- column sharpe_ratio: mean by standard deviation of the days' profits so far, times the root of 365; none for a day
WITH
    fill AS
    (
        SELECT account, instrument, strategy, fill_id, event_time, topic_partition, topic_offset,
            toDecimal256(assumeNotNull(price), 18) AS price,
            toDecimal256(ifNull(fee, 0), 18) AS fee,
            toDecimal256(if(side = 'BUY', assumeNotNull(qty), -assumeNotNull(qty)), 18) AS signed
        FROM fills FINAL
        WHERE qty > 0 AND price IS NOT NULL AND event_time < {to:DateTime64(6, 'UTC')}
            AND ({account:String} = '' OR account = {account:String})
        ORDER BY topic_partition, topic_offset
        LIMIT 1 BY account, fill_id
    ),
    step AS
    (
        SELECT *,
            sum(signed) OVER (PARTITION BY account, instrument ORDER BY topic_partition, topic_offset) - signed AS held,
            held != 0 AND sign(held) != sign(signed) AND abs(signed) >= abs(held) AS is_end
        FROM fill
    ),
    numbered AS
    (
        SELECT *,
            sum(is_end) OVER (PARTITION BY account, instrument ORDER BY topic_partition, topic_offset) - is_end AS trips_before
        FROM step
    ),
    -- A fill that leads through flat ends one round trip and begins the next.
    part AS
    (
        SELECT account, instrument, strategy, event_time, topic_partition, topic_offset, price, piece.1 AS trip, piece.2 AS qty, piece.3 AS cost, piece.4 AS ends
        FROM numbered
        ARRAY JOIN if(is_end,
            [(toUInt64(trips_before), -held, fee, 1), (toUInt64(trips_before + 1), signed + held, toDecimal256(0, 18), 0)],
            [(toUInt64(trips_before), signed, fee, 0)]) AS piece
        WHERE piece.2 != 0
    ),
    round_trip AS
    (
        SELECT account, argMin(strategy, (topic_partition, topic_offset)) AS strategy, instrument, trip,
            max(event_time) AS ended_at, max((topic_partition, topic_offset)) AS last_fill,
            sum(cost) AS fees, -sum(multiplyDecimal(qty, price, 18)) - fees AS profit
        FROM part
        GROUP BY account, instrument, trip
        HAVING max(ends) = 1
    ),
    running AS
    (
        SELECT account, strategy, toDate(ended_at) AS day, ended_at, profit, fees, total,
            greatest(max(total) OVER (PARTITION BY account, strategy ORDER BY ended_at, last_fill ROWS UNBOUNDED PRECEDING),
                toDecimal256(0, 18)) - total AS fall
        FROM
        (
            SELECT *, sum(profit) OVER (PARTITION BY account, strategy ORDER BY ended_at, last_fill ROWS UNBOUNDED PRECEDING) AS total
            FROM round_trip
            WHERE {strategy:String} = '' OR strategy = {strategy:String}
        )
    ),
    daily AS
    (
        SELECT account, strategy, day, count() AS trips, countIf(profit > 0) AS won, sum(profit) AS gained, sum(fees) AS paid,
            sumIf(profit, profit > 0) AS profits, -sumIf(profit, profit < 0) AS losses, max(fall) AS deepest
        FROM running
        GROUP BY account, strategy, day
    )
SELECT account, strategy, day, round_trips, win_rate, pnl, fees, profit_factor, total_pnl, drawdown, sharpe_ratio
FROM
(
    SELECT
        account,
        strategy,
        day,
        trips AS round_trips,
        round(won / trips, 4) AS win_rate,
        gained AS pnl,
        paid AS fees,
        if(losses = 0, NULL, round(toFloat64(profits) / toFloat64(losses), 4)) AS profit_factor,
        sum(gained) OVER so_far AS total_pnl,
        max(deepest) OVER so_far AS drawdown,
        dateDiff('day', min(day) OVER so_far, day) + 1 AS days,
        toFloat64(total_pnl) / days AS mean,
        if(days < 2, NULL, (sum(toFloat64(gained) * toFloat64(gained)) OVER so_far - days * mean * mean) / (days - 1)) AS variance,
        if(variance > 0, round(mean / sqrt(variance) * sqrt(365), 4), NULL) AS sharpe_ratio
    FROM daily
    WINDOW so_far AS (PARTITION BY account, strategy ORDER BY day ROWS UNBOUNDED PRECEDING)
)
WHERE day >= toDate({from:DateTime64(6, 'UTC')})
ORDER BY account, strategy, day;
