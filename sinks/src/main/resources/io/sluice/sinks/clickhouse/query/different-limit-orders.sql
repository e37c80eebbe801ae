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
(
    WITH
        (asked, rules, permits, spared) -> arrayMin(arrayMap(
            (code, permit) -> if(has(spared, code), asked, ifNull(permit, asked)), rules, permits)) AS least_of
    SELECT
        gate_time,
        account,
        strategy,
        instrument,
        intent_id,
        side,
        assumeNotNull(requested_qty) AS requested,
        least_of(requested, outcomes.rule, outcomes.permitted, ['']) AS permitted_then,
        {max_qty:Nullable(Decimal(38, 18))} AS max_qty,
        {max_notional:Nullable(Decimal(38, 18))} AS max_notional,
        outcomes.observed[indexOf(outcomes.rule, 'R04')] AS notional,
        least(
            least_of(requested, outcomes.rule, outcomes.permitted,
                [if(max_qty IS NULL, '', 'R03'), if(max_notional IS NULL OR notional IS NULL, '', 'R04')]),
            requested,
            ifNull(max_qty, requested),
            ifNull(toDecimal128(toDecimal256(requested, 18)
                * least(toDecimal256(max_notional, 18) / toDecimal256(ifNull(nullIf(notional, 0), 1), 18), 1), 18), requested)) AS would,
        if(permitted_then < {min_qty:Decimal(38, 18)}, 0, permitted_then)::Decimal(38, 18) AS permitted,
        if(would < {min_qty:Decimal(38, 18)}, 0, would)::Decimal(38, 18) AS would_permit
    FROM decisions FINAL
    WHERE gate_time >= {from:DateTime64(6, 'UTC')} AND gate_time < {to:DateTime64(6, 'UTC')}
        AND ({account:String} = '' OR account = {account:String})
        AND action = 'NEW' AND requested_qty > 0 AND notEmpty(outcomes.rule)
)
WHERE would_permit != permitted
ORDER BY gate_time, account, intent_id
LIMIT {rows:UInt32};
