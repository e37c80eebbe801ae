-- What a different limit would have done
--
-- How many NEW orders another max_qty or max_notional would have refused, cut or let through, and what
-- they were worth, each judged as its account stood then: what would have followed from the change
-- is not in it. Which orders these are: different-limit-orders.
--
-- param max_qty, default none, e.g. 0.5: largest quantity of an order; none for the limit as it was
-- param max_notional, default none, e.g. 1000: largest value of an order at its worst case; none for the limit as it was
-- param min_qty, default 0, e.g. 0.001: a permitted quantity below this is refused, as the venue does
-- param from, default 1970-01-01, e.g. 2026-01-01: from this gate time on
-- param to, default 2200-01-01, e.g. 2026-02-01: before this gate time
-- param account, default '', e.g. demo: account; empty for all
--
-- column account: account
-- column strategy: strategy
-- column orders: NEW orders
-- column refused: of which something was permitted and nothing would have been
-- column cut: of which less would have been permitted, but something
-- column more: of which more would have been permitted
-- column value_then: what was permitted, at the reference price
-- column value_would: what would have been permitted, at the reference price
SELECT
    account,
    strategy,
    count() AS orders,
    countIf(would_permit < permitted AND would_permit = 0) AS refused,
    countIf(would_permit < permitted AND would_permit > 0) AS cut,
    countIf(would_permit > permitted) AS more,
    toDecimal256(sum(toDecimal256(permitted, 18) * toDecimal256(ifNull(price, 0), 18)), 18) AS value_then,
    toDecimal256(sum(toDecimal256(would_permit, 18) * toDecimal256(ifNull(price, 0), 18)), 18) AS value_would
FROM
-- include judged-again
GROUP BY account, strategy
ORDER BY account, strategy;
