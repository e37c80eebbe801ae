-- Headroom by limit
--
-- How close accounts come to their limits: for each account and rule, what was left of the limit at
-- each order. Below 0 the order asked for more than the limit.
--
-- param from, default 1970-01-01, e.g. 2026-01-31: from this gate time on
-- param to, default 2200-01-01, e.g. 2026-02-01: before this gate time
-- param account, default '', e.g. demo: account; empty for all
-- param rule, default '', e.g. R04: the rule's code; empty for all
--
-- column account: account
-- column rule: the rule's code
-- column orders: orders that were held against a limit
-- column over: of these, how many were over it
-- column lowest: the least headroom, in the limit's own unit
-- column p5: 5 % of the orders had this much or less
-- column median: half of the orders had this much or less
-- column lowest_share: the least headroom as a fraction of the limit
WITH (sorted, level) -> sorted[toUInt64(ceil(level * length(sorted)))] AS nearest_rank
SELECT
    account,
    rule,
    count() AS orders,
    countIf(room < 0) AS over,
    min(room) AS lowest,
    nearest_rank(arraySort(groupArray(room)) AS rooms, 0.05) AS p5,
    nearest_rank(rooms, 0.5) AS median,
    round(min(if(bound = 0, NULL, toFloat64(room) / toFloat64(bound))), 4) AS lowest_share
FROM
(
    SELECT account, rule, assumeNotNull(left_over) AS room, bound
    FROM decisions FINAL
    ARRAY JOIN outcomes.rule AS rule, outcomes.headroom AS left_over, outcomes.limit AS bound
    WHERE gate_time >= {from:DateTime64(6, 'UTC')} AND gate_time < {to:DateTime64(6, 'UTC')}
        AND ({account:String} = '' OR account = {account:String})
        AND ({rule:String} = '' OR rule = {rule:String})
        AND action != 'CANCEL' AND left_over IS NOT NULL
)
GROUP BY account, rule
ORDER BY account, rule;
