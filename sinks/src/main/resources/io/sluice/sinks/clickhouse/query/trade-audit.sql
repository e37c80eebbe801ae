-- Trade audit
--
-- What became of orders, step by step in time: the intent, the decision on it, what the venue said of
-- the order, its fills, or what the market did to it on paper. Intents made inside Sluice begin with the
-- decision.
--
-- param account, required, e.g. demo: account
-- param intent_id, default '', e.g. i-1: id of the intent; empty for all of the period
-- param from, default 1970-01-01, e.g. 2026-01-31: steps from this time on
-- param to, default 2200-01-01, e.g. 2026-02-01: steps before this time
-- param rows, default 1000, e.g. 50: how many steps at most
--
-- column intent_id: id of the intent
-- column at: when the step was, by the stamp of who took it; of a decision the gate time
-- column step: intent, decision, order, fill or paper
-- column what: action and side, verdict, status, side of the fill, or how the watch on paper ended
-- column qty: asked for, approved, filled so far, filled; on paper none, it is what was approved
-- column price: limit price, reference price, price of the fill, or of the trade that fills on paper
-- column detail: order type and time in force, reasons, what is still open, fee
-- column id: decision_id or fill_id
SELECT intent_id, at, step, what, qty, price, detail, id
FROM
(
    SELECT intent_id, event_time AS at, 1 AS place, 'intent' AS step,
        trimRight(concat(toString(action), ' ', if(side = 'NONE', '', toString(side)))) AS what, qty, limit_price AS price,
        if(action = 'NEW', concat(toString(order_type), ' ', toString(time_in_force)), target_intent_id) AS detail, '' AS id, topic_offset AS nth
    FROM intents FINAL
    WHERE account = {account:String}
    UNION ALL
    SELECT intent_id, gate_time, 2, 'decision', toString(verdict), approved_qty, reference_price,
        arrayStringConcat(reasons, ' '), toString(decision_id), seq
    FROM decisions FINAL
    WHERE account = {account:String}
    UNION ALL
    SELECT intent_id, event_time, 3, 'order', toString(status), cum_qty, NULL,
        concat(ifNull(toString(leaves_qty), '?'), ' open'), '', topic_offset
    FROM orders FINAL
    WHERE account = {account:String}
    UNION ALL
    SELECT intent_id, event_time, 4, 'fill', toString(side), qty, price,
        concat('fee ', ifNull(toString(fee), '0'), ' ', fee_currency), fill_id, topic_offset
    FROM fills FINAL
    WHERE account = {account:String}
    UNION ALL
    SELECT JSONExtractString(line, 'input', 'intent_id'), gate_time, 5, 'paper', JSONExtractString(line, 'input', 'status'), NULL,
        toDecimal128OrNull(JSONExtractString(line, 'input', 'price'), 18), '', '', seq
    FROM journal FINAL
    WHERE input = 'paper_tick' AND JSONExtractString(line, 'input', 'account') = {account:String}
        AND gate_time >= {from:DateTime64(6, 'UTC')} AND gate_time < {to:DateTime64(6, 'UTC')}
)
WHERE ({intent_id:String} = '' OR intent_id = {intent_id:String})
    AND at >= {from:DateTime64(6, 'UTC')} AND at < {to:DateTime64(6, 'UTC')}
ORDER BY min(at) OVER (PARTITION BY intent_id), intent_id, at, place, nth
LIMIT {rows:UInt32};
