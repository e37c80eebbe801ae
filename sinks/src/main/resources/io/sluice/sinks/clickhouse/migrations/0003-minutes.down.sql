DROP VIEW IF EXISTS decisions_to_minutes;

DROP TABLE IF EXISTS decisions_by_minute;
