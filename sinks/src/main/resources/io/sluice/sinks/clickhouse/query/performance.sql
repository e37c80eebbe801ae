-- Performance
--
-- Profit, drawdown, win rate, profit factor and Sharpe ratio by account, strategy and day. A round trip
-- leads from flat to flat or through it; it counts on the UTC day it ends, for the strategy that opened
-- it, fees deducted. The Sharpe ratio is that of the metric adaptive_risk_sharpe_ratio, for a strategy:
-- of the days' profits so far by the account's equity at the start of the day.
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
-- column sharpe_ratio: mean by sample standard deviation of the daily returns since the account's first day, times the root of 365; none for a day
WITH
    round_trip AS
    (
        SELECT account, strategy, closed_at, seq, instrument, ifNull(net_pnl, 0) AS profit, ifNull(fees, 0) AS paid
        FROM closed_trades FINAL
        WHERE closed_at < {to:DateTime64(6, 'UTC')}
            AND ({account:String} = '' OR account = {account:String})
            AND ({strategy:String} = '' OR strategy = {strategy:String})
    ),
    totalled AS
    (
        SELECT *, sum(profit) OVER (PARTITION BY account, strategy ORDER BY closed_at, seq, instrument ROWS UNBOUNDED PRECEDING) AS total
        FROM round_trip
    ),
    running AS
    (
        SELECT *, greatest(0, max(total) OVER (PARTITION BY account, strategy ORDER BY closed_at, seq, instrument ROWS UNBOUNDED PRECEDING)) - total AS fall
        FROM totalled
    ),
    daily AS
    (
        SELECT account, strategy, toDate(closed_at) AS day, count() AS trips, countIf(profit > 0) AS won, sum(profit) AS gained,
            sum(paid) AS fees, sumIf(profit, profit > 0) AS profits, -sumIf(profit, profit < 0) AS losses, max(fall) AS deepest
        FROM running
        GROUP BY account, strategy, day
    ),
    started AS
    (
        SELECT account, toDate(min(minute)) AS first_day
        FROM account_risk FINAL
        GROUP BY account
    ),
    day_start AS
    (
        SELECT account, toDate(minute) AS day, argMin(toFloat64(equity) - toFloat64(pnl_day), (minute, seq)) AS at_start
        FROM account_risk FINAL
        WHERE equity IS NOT NULL AND pnl_day IS NOT NULL
        GROUP BY account, day
    ),
    returned AS
    (
        SELECT *, if(at_start > 0, toFloat64(gained) / at_start, NULL) AS day_return
        FROM daily
        LEFT JOIN started USING (account)
        LEFT JOIN day_start USING (account, day)
    )
SELECT account, strategy, day, round_trips, win_rate, pnl, fees, profit_factor, total_pnl, drawdown, sharpe_ratio
FROM
(
    SELECT
        account,
        strategy,
        day,
        fees,
        trips AS round_trips,
        round(won / trips, 4) AS win_rate,
        gained AS pnl,
        if(losses = 0, NULL, round(toFloat64(profits) / toFloat64(losses), 4)) AS profit_factor,
        sum(gained) OVER so_far AS total_pnl,
        max(deepest) OVER so_far AS drawdown,
        dateDiff('day', first_day, day) + 1 AS days,
        sum(day_return) OVER so_far / days AS mean,
        if(days < 2 OR countIf(day_return IS NULL) OVER so_far > 0, NULL,
            (sum(day_return * day_return) OVER so_far - days * mean * mean) / (days - 1)) AS variance,
        if(variance > 0, round(mean / sqrt(variance) * sqrt(365), 4), NULL) AS sharpe_ratio
    FROM returned
    WINDOW so_far AS (PARTITION BY account, strategy ORDER BY day ROWS UNBOUNDED PRECEDING)
)
WHERE day >= toDate({from:DateTime64(6, 'UTC')})
ORDER BY account, strategy, day;
