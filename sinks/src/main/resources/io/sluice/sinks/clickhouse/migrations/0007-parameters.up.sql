-- Which parameters were in force. Rows of before say 0.

ALTER TABLE account_risk
    ADD COLUMN IF NOT EXISTS params_version Int64 CODEC(Delta, ZSTD(1)) AFTER limits_version;
