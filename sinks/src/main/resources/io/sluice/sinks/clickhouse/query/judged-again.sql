-- NEW orders as another max_qty or max_notional would have had them: permitted, would_permit. A part of
-- queries with the parameters max_qty, max_notional, min_qty, from, to and account.
(
    WITH
        (asked, rules, permits, spared) -> arrayMin(arrayPushBack(arrayMap(
            (code, permit) -> if(has(spared, code), asked, ifNull(permit, asked)), rules, permits), asked)) AS least_of
    SELECT
        gate_time,
        account,
        strategy,
        instrument,
        intent_id,
        side,
        reference_price AS price,
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
        AND action = 'NEW' AND requested_qty > 0 AND (notEmpty(outcomes.rule) OR notEmpty(passed))
)
