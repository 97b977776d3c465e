set local autostack.scope = 'platform';

-- A fingerprint reads every kind of object by now, and begins with the number of that definition. What was remembered
-- by the first one is read again soon, and is compared with nothing until then.
update tenancy.tenant_schema set read_at = null where fingerprint is not null and fingerprint not like '%:%';
