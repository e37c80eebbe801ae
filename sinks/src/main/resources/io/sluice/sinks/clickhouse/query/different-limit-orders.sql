-- Orders that a different limit would have changed
--
-- The NEW orders that another max_qty or max_notional would have refused, cut or let through, each
-- judged as its account stood then: what would have followed from the change is not in it. Quantities
-- are not rounded to the lot.
--
-- param max_qty, default none, e.g. 0.5: largest quantity of an order; none for the limit as it was
-- param max_notional, default none, e.g. 1000: largest value of an order at its worst case; none for the limit as it was
-- param min_qty, default 0, e.g. 0.001: a permitted quantity below this is refused, as the venue does
-- param from, default 1970-01-01, e.g. 2026-01-01: from this gate time on
-- param to, default 2200-01-01, e.g. 2026-02-01: before this gate time
-- param account, default '', e.g. demo: account; empty for all
-- param rows, default 1000, e.g. 50: how many orders at most
--
-- column gate_time: when it was decided
-- column account: account
-- column strategy: strategy
-- column instrument: instrument
-- column intent_id: id of the intent
-- column side: BUY or SELL
-- column requested: what was asked for
-- column permitted: what the rules permitted then, before rounding to the lot
-- column would_permit: what they would have permitted
-- column change: refused, cut or more
SELECT
    gate_time,
    account,
    strategy,
    instrument,
    intent_id,
    side,
    requested,
    permitted,
    would_permit,
    multiIf(would_permit >= permitted, 'more', would_permit = 0, 'refused', 'cut') AS change
FROM
-- include judged-again
WHERE would_permit != permitted
ORDER BY gate_time, account, intent_id
LIMIT {rows:UInt32};
