-- Open positions as of a time
--
-- What every account held then: the venue's newest snapshot before that time and the fills after it,
-- at average cost, valued at the newest mark that the gate had folded. Quantities are in units of a
-- multiplier of 1.
--
-- param at, default 2200-01-01, e.g. 2026-01-31T14:00:00Z: as of this time
-- param account, default '', e.g. demo: account; empty for all
--
-- column account: account
-- column instrument: instrument
-- column qty: signed, below 0 for a short position
-- column avg_price: average price at which it was opened
-- column mark: newest price, none where the gate had none
-- column value: qty times mark
-- column unrealised: value less cost
-- column opened_by: the fill that changed it last, empty where that is the snapshot
WITH
    snapshot AS
    (
        SELECT account, max(event_time) AS taken_at, argMax(positions.instrument, (event_time, topic_offset)) AS instruments,
            argMax(positions.qty, (event_time, topic_offset)) AS quantities, argMax(positions.avg_price, (event_time, topic_offset)) AS averages
        FROM account_snapshots FINAL
        WHERE event_time <= {at:DateTime64(6, 'UTC')} AND ({account:String} = '' OR account = {account:String})
        GROUP BY account
    ),
    fill AS
    (
        SELECT account, instrument, fill_id, topic_partition, topic_offset, event_time,
            toDecimal256(if(side = 'BUY', assumeNotNull(qty), -assumeNotNull(qty)), 18) AS signed,
            toDecimal256(assumeNotNull(price), 18) AS price
        FROM fills FINAL
        WHERE qty > 0 AND price IS NOT NULL AND event_time <= {at:DateTime64(6, 'UTC')}
            AND ({account:String} = '' OR account = {account:String})
        ORDER BY topic_partition, topic_offset
        LIMIT 1 BY account, fill_id
    ),
    movement AS
    (
        SELECT account, instrument, (-1, toInt64(-1)) AS nth, '' AS fill_id, toDecimal256(ifNull(qty, 0), 18) AS signed, toDecimal256(ifNull(average, 0), 18) AS price
        FROM snapshot
        ARRAY JOIN instruments AS instrument, quantities AS qty, averages AS average
        UNION ALL
        SELECT f.account, f.instrument, (f.topic_partition, f.topic_offset), f.fill_id, f.signed, f.price
        FROM fill AS f
        LEFT JOIN snapshot AS s ON s.account = f.account
        WHERE s.account = '' OR f.event_time > s.taken_at
    ),
    -- Quantity and cost, folded as the books do.
    held AS
    (
        SELECT account, instrument,
            argMax(fill_id, nth) AS newest,
            arrayFold(
                (book, move) -> if(
                    book.1 = 0 OR sign(book.1) = sign(move.1),
                    (book.1 + move.1, book.2 + multiplyDecimal(move.1, move.2, 18)),
                    if(
                        abs(move.1) >= abs(book.1),
                        (book.1 + move.1, multiplyDecimal(book.1 + move.1, move.2, 18)),
                        (book.1 + move.1, book.2 - divideDecimal(multiplyDecimal(book.2, abs(move.1), 36), abs(book.1), 18)))),
                arrayMap(x -> (x.2, x.3), arraySort(groupArray((nth, signed, price)))),
                (toDecimal256(0, 18), toDecimal256(0, 18))) AS book,
            book.1 AS qty,
            book.2 AS cost
        FROM movement
        GROUP BY account, instrument
        HAVING qty != 0
    ),
    price AS
    (
        SELECT JSONExtractString(line, 'input', 'instrument') AS instrument,
            argMax(toDecimal256(JSONExtractString(line, 'input', 'last'), 18), (gate_time, seq)) AS mark
        FROM journal FINAL
        WHERE input = 'mark' AND gate_time <= {at:DateTime64(6, 'UTC')}
        GROUP BY instrument
    )
SELECT
    h.account AS account,
    h.instrument AS instrument,
    h.qty AS qty,
    divideDecimal(h.cost, h.qty, 18) AS avg_price,
    if(p.instrument = '', NULL, p.mark) AS mark,
    if(p.instrument = '', NULL, multiplyDecimal(h.qty, p.mark, 18)) AS value,
    if(p.instrument = '', NULL, multiplyDecimal(h.qty, p.mark, 18) - h.cost) AS unrealised,
    h.newest AS opened_by
FROM held AS h
LEFT JOIN price AS p ON p.instrument = h.instrument
ORDER BY account, instrument;
