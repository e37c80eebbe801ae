DROP VIEW IF EXISTS events_to_shadow_differences;

DROP TABLE IF EXISTS shadow_differences;

ALTER TABLE decisions RESET SETTING min_bytes_for_wide_part;

ALTER TABLE decisions
    DROP COLUMN IF EXISTS shadow_approved_qty,
    DROP COLUMN IF EXISTS shadow_verdict,
    DROP COLUMN IF EXISTS is_shadow,
    DROP COLUMN IF EXISTS rollout,
    DROP COLUMN IF EXISTS params_version,
    DROP COLUMN IF EXISTS overridden,
    DROP COLUMN IF EXISTS passed;
