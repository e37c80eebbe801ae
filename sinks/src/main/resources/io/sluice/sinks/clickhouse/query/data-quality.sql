-- Data quality
--
-- Whether the archive is whole and the data was in time: what was found, what it should be, and whether
-- it is. A gap in a journal can also be lag: what is not archived yet.
--
-- param from, default 1970-01-01, e.g. 2026-01-31: from this gate time on
-- param to, default 2200-01-01, e.g. 2026-02-01: before this gate time
-- param max_lag_ms, default 1000, e.g. 500: how old the newest price of an order may be, for 99 % of the orders
--
-- column check: what was looked at
-- column subject: risk group, instrument or topic
-- column found: what was found
-- column expected: what it should be
-- column is_fine: whether it is
-- column detail: where to look
WITH lines AS
(
    SELECT risk_group, seq, hash, decisions
    FROM journal FINAL
    WHERE gate_time >= {from:DateTime64(6, 'UTC')} AND gate_time < {to:DateTime64(6, 'UTC')}
),
answers AS
(
    SELECT risk_group, instrument, data_age_us
    FROM decisions FINAL
    WHERE gate_time >= {from:DateTime64(6, 'UTC')} AND gate_time < {to:DateTime64(6, 'UTC')}
)
SELECT check, subject, found, expected, (found <= expected AND NOT (check = 'decisions archived' AND found < expected))::Bool AS is_fine, detail
FROM
(
    SELECT 1 AS place, 'journal lines missing' AS check, toString(risk_group) AS subject,
        toFloat64(max(seq) - min(seq) + 1 - uniqExact(seq)) AS found, 0. AS expected,
        concat('seq ', toString(min(seq)), ' to ', toString(max(seq)), if(found = 0, '', concat(', first missing ',
            toString(arrayFirst(x -> NOT has(groupUniqArray(seq), x), arrayMap(x -> x + 1, arraySort(groupUniqArray(seq)))))))) AS detail
    FROM lines
    GROUP BY risk_group
    UNION ALL
    SELECT 2, 'journal lines forked', toString(risk_group), toFloat64(count() - uniqExact(seq)), 0.,
        if(count() = uniqExact(seq), '', 'two hashes of one seq')
    FROM lines
    GROUP BY risk_group
    UNION ALL
    SELECT 3, 'decisions archived', toString(risk_group), toFloat64(ifNull(any(archived), 0)), toFloat64(sum(decisions)),
        'decisions against those in the journal'
    FROM lines
    LEFT JOIN (SELECT risk_group, count() AS archived FROM answers GROUP BY risk_group) AS counted USING (risk_group)
    GROUP BY risk_group
    UNION ALL
    SELECT 4, 'price age at p99, ms', toString(instrument), arraySort(groupArray(assumeNotNull(data_age_us)))[toUInt64(ceil(0.99 * count()))] / 1000,
        toFloat64({max_lag_ms:UInt32}), concat(toString(count()), ' orders, oldest ', toString(max(data_age_us) / 1000), ' ms')
    FROM answers
    WHERE data_age_us IS NOT NULL
    GROUP BY instrument
    UNION ALL
    SELECT 5, 'orders without a price', toString(instrument), toFloat64(countIf(data_age_us IS NULL)), 0., ''
    FROM answers
    WHERE instrument != ''
    GROUP BY instrument
    HAVING countIf(data_age_us IS NULL) > 0
    UNION ALL
    SELECT 6, 'dead letters', toString(source), toFloat64(count()), 0.,
        concat(if(field = '', '', concat('field ', field, ': ')), argMin(reason, source_offset))
    FROM dead_letters FINAL
    GROUP BY source, field
)
ORDER BY place, subject, detail;
