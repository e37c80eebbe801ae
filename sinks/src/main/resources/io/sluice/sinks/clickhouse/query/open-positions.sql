-- Open positions as of a time
--
-- What every account held then, at average cost and at the newest price that the gate had folded, with
-- the stop, the target and the risk score of the newest order in it.
--
-- param at, default 2200-01-01, e.g. 2026-01-31T14:00:00Z: as of this time
-- param account, default '', e.g. demo: account; empty for all
--
-- column account: account
-- column instrument: instrument
-- column qty: signed, below 0 for a short position
-- column avg_price: average price at which it was opened
-- column price: newest price of the day before that time, else that of the last change; none where the gate had none
-- column unrealised: profit at that price, price times quantity, before the instrument's multiplier
-- column since: when it last changed
-- column strategy: strategy of the newest order in it
-- column stop_loss: price of the stop
-- column take_profit: price of the target
-- column risk_score: 0 to 1
-- column decision_id: of the decision on the newest order in it
WITH
    held AS
    (
        SELECT *
        FROM positions FINAL
        WHERE gate_time <= {at:DateTime64(6, 'UTC')} AND ({account:String} = '' OR account = {account:String})
        ORDER BY gate_time DESC, seq DESC
        LIMIT 1 BY account, instrument
    ),
    newest AS
    (
        SELECT risk_group, JSONExtractString(line, 'input', 'instrument') AS instrument,
            argMax(toDecimal128(JSONExtractString(line, 'input', 'last'), 18), seq) AS last
        FROM journal FINAL
        WHERE input = 'mark' AND gate_time <= {at:DateTime64(6, 'UTC')}
            AND gate_time > (SELECT max(gate_time) FROM journal WHERE gate_time <= {at:DateTime64(6, 'UTC')}) - toIntervalDay(1)
        GROUP BY risk_group, instrument
    )
SELECT
    h.account AS account,
    h.instrument AS instrument,
    h.qty AS qty,
    h.avg_price AS avg_price,
    if(n.instrument = '', h.mark, n.last) AS price,
    toDecimal128(multiplyDecimal(toDecimal256(price, 18), toDecimal256(h.qty, 18), 18) - h.cost, 18) AS unrealised,
    h.gate_time AS since,
    h.strategy AS strategy,
    h.stop_loss AS stop_loss,
    h.take_profit AS take_profit,
    h.risk_score AS risk_score,
    h.decision_id AS decision_id
FROM held AS h
LEFT JOIN newest AS n ON n.risk_group = h.risk_group AND n.instrument = h.instrument
WHERE h.qty != 0
ORDER BY account, instrument;
