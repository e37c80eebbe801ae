ALTER TABLE account_risk
    DROP COLUMN IF EXISTS correlation_multiplier,
    DROP COLUMN IF EXISTS risk_score_multiplier,
    DROP COLUMN IF EXISTS confidence_multiplier,
    DROP COLUMN IF EXISTS volatility_multiplier;
