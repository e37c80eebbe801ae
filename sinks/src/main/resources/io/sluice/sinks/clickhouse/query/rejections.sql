-- Rejections by reason and hour
--
-- How many orders were refused or cut, by rule and hour of the gate's clock. An order that several
-- rules refused counts once for each of them.
--
-- param from, default 1970-01-01, e.g. 2026-01-31: from this gate time on
-- param to, default 2200-01-01, e.g. 2026-02-01: before this gate time
-- param account, default '', e.g. demo: account; empty for all
-- param strategy, default '', e.g. momentum: strategy; empty for all
-- param instrument, default '', e.g. BINANCE:BTCUSDT: instrument; empty for all
--
-- column hour: start of the hour, UTC
-- column reason: the rule's code
-- column refused: orders of which nothing was approved and that the rule permitted less of
-- column cut: orders of which a part was approved and that the rule permitted less of
-- column decided: all decisions of that hour
-- column share: refused and cut by decided, 0 to 1
WITH chosen AS
(
    SELECT toStartOfHour(gate_time) AS hour, reasons, approved_qty
    FROM decisions FINAL
    WHERE gate_time >= {from:DateTime64(6, 'UTC')} AND gate_time < {to:DateTime64(6, 'UTC')}
        AND ({account:String} = '' OR account = {account:String})
        AND ({strategy:String} = '' OR strategy = {strategy:String})
        AND ({instrument:String} = '' OR instrument = {instrument:String})
        AND action != 'CANCEL'
)
SELECT
    hour,
    reason,
    countIf(approved_qty = 0) AS refused,
    countIf(approved_qty > 0) AS cut,
    any(in_hour) AS decided,
    round((refused + cut) / decided, 4) AS share
FROM chosen
ARRAY JOIN reasons AS reason
INNER JOIN (SELECT hour, count() AS in_hour FROM chosen GROUP BY hour) AS hours USING (hour)
GROUP BY hour, reason
ORDER BY hour, refused + cut DESC, reason;
