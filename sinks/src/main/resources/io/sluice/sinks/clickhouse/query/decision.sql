-- One decision in full
--
-- Why an order was allowed, cut or refused: what was asked, the account and the market then, every
-- rule with what it observed, its limit and the headroom left, the versions in force and how long
-- it took. Times that something took are of the wall clock; in a replay they mean nothing.
--
-- param id, required, e.g. i-1: id of the intent or of the decision
-- param account, default '', e.g. demo: account; empty for any
--
-- column account: account
-- column part: intent, account, market, rule, answer, version or latency
-- column item: what stands in the row; for a rule its code
-- column outcome: how a rule came out, PASS to ERROR
-- column value: the value; for a rule what it observed
-- column limit: what a rule held that against
-- column headroom: limit less observed
-- column permitted: the largest quantity that a rule permitted
-- column why: why a rule did not pass
SELECT
    account,
    row.1 AS part,
    row.2 AS item,
    row.3 AS outcome,
    row.4 AS value,
    row.5 AS limit,
    row.6 AS headroom,
    row.7 AS permitted,
    row.8 AS why
FROM
(
    WITH (part, item, value) -> (part, item, '', ifNull(toString(value), ''), '', '', '', '') AS said
    SELECT
        d.account AS account,
        d.decision_id AS decision_id,
        JSONExtractRaw(j.line, 'snapshot') AS snapshot,
        JSONExtractRaw(j.line, 'input') AS input,
        JSONExtractInt(snapshot, 'front_time_us') AS front_us,
        toUnixTimestamp64Micro(d.gate_time) AS gate_us,
        toUnixTimestamp64Milli(d.published_at) AS published_ms,
        arrayConcat(
            [
                said('intent', 'intent_id', d.intent_id),
                said('intent', 'decision_id', d.decision_id),
                said('intent', 'origin', d.origin),
                said('intent', 'strategy', d.strategy),
                said('intent', 'instrument', d.instrument),
                said('intent', 'action', d.action),
                said('intent', 'target_intent_id', d.target_intent_id),
                said('intent', 'side', d.side),
                said('intent', 'order_type', d.order_type),
                said('intent', 'requested_qty', d.requested_qty),
                said('intent', 'limit_price', d.limit_price),
                said('intent', 'time_in_force', d.time_in_force),
                said('intent', 'confidence', JSONExtractString(input, 'confidence')),
                said('intent', 'event_time', d.event_time),
                said('account', 'equity', d.equity),
                said('account', 'position', d.position),
                said('market', 'reference_price', d.reference_price),
                said('market', 'last', JSONExtractString(snapshot, 'last')),
                said('market', 'bid', JSONExtractString(snapshot, 'bid')),
                said('market', 'ask', JSONExtractString(snapshot, 'ask')),
                said('market', 'data_age_ms', d.data_age_us / 1000),
                said('market', 'sigma_daily', d.sigma_daily),
                said('market', 'crash_rules_active', JSONLength(snapshot, 'crashes'))
            ],
            arraySort(said_of -> said_of.2, arrayConcat(
                arrayMap(
                    (rule, outcome, observed, bound, room, permitted, why)
                        -> ('rule', toString(rule), toString(outcome), ifNull(toString(observed), ''), ifNull(toString(bound), ''),
                            ifNull(toString(room), ''), ifNull(toString(permitted), ''), why),
                    d.outcomes.rule, d.outcomes.outcome, d.outcomes.observed, d.outcomes.limit,
                    d.outcomes.headroom, d.outcomes.permitted, d.outcomes.why),
                arrayMap(
                    rule -> ('rule', toString(rule), 'PASS', '', '', '', ifNull(toString(d.requested_qty), ''), ''),
                    d.passed))),
            [
                said('answer', 'verdict', d.verdict),
                said('answer', 'approved_qty', d.approved_qty),
                said('answer', 'reasons', arrayStringConcat(d.reasons, ' ')),
                said('answer', 'overridden', arrayStringConcat(d.overridden, ' ')),
                said('answer', 'rollout', d.rollout),
                said('answer', 'shadow_verdict', if(d.shadow_verdict = 'NONE', '', toString(d.shadow_verdict))),
                said('answer', 'shadow_approved_qty', d.shadow_approved_qty),
                said('answer', 'reduce_only', d.reduce_only),
                said('answer', 'risk_score', d.risk_score),
                said('answer', 'stop_loss', d.stop_loss),
                said('answer', 'take_profit', d.take_profit),
                said('answer', 'gate_time', d.gate_time),
                said('answer', 'valid_until', d.valid_until),
                said('version', 'limits', d.limits_version),
                said('version', 'params', nullIf(d.params_version, 0)),
                said('version', 'model', d.model_version),
                said('version', 'journal', concat(d.risk_group, ' ', toString(d.seq))),
                said('latency', 'arrival_to_gate_ms', if(front_us = 0, NULL, (gate_us - front_us) / 1000)),
                said('latency', 'gate_to_published_ms', published_ms - intDiv(gate_us, 1000))
            ]) AS rows
    FROM decisions AS d FINAL
    LEFT JOIN
    (
        SELECT risk_group, seq, line
        FROM journal FINAL
        WHERE (risk_group, seq) IN (SELECT risk_group, seq FROM decisions WHERE intent_id = {id:String} OR decision_id = {id:String})
    ) AS j ON j.risk_group = d.risk_group AND j.seq = d.seq
    WHERE (d.intent_id = {id:String} OR d.decision_id = {id:String})
        AND ({account:String} = '' OR d.account = {account:String})
)
ARRAY JOIN rows AS row, arrayEnumerate(rows) AS place
WHERE part = 'rule' OR value != ''
ORDER BY account, decision_id, place;
