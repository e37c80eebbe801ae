DROP VIEW IF EXISTS trades_to_minutes;

DROP TABLE IF EXISTS trades_by_minute;

DROP VIEW IF EXISTS strategy_days;

DROP TABLE IF EXISTS account_risk;

DROP TABLE IF EXISTS closed_trades;

DROP TABLE IF EXISTS positions;
