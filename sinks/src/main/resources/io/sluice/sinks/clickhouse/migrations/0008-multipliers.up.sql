-- What the rules that adapt sizes left of an account's newest order. Rows of before say nothing.

ALTER TABLE account_risk
    ADD COLUMN IF NOT EXISTS volatility_multiplier Nullable(Decimal(38, 18)) CODEC(ZSTD(1)) AFTER is_halted,
    ADD COLUMN IF NOT EXISTS confidence_multiplier Nullable(Decimal(38, 18)) CODEC(ZSTD(1)) AFTER volatility_multiplier,
    ADD COLUMN IF NOT EXISTS risk_score_multiplier Nullable(Decimal(38, 18)) CODEC(ZSTD(1)) AFTER confidence_multiplier,
    ADD COLUMN IF NOT EXISTS correlation_multiplier Nullable(Decimal(38, 18)) CODEC(ZSTD(1)) AFTER risk_score_multiplier;
