ALTER TABLE account_risk DROP COLUMN IF EXISTS params_version;
