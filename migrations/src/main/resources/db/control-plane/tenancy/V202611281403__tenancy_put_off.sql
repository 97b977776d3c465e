-- A tenant whose migration cannot begin, or does not get on, keeps its wave waiting for some time only.
alter table tenancy.rollout_tenant add column put_off_at timestamptz;
comment on column tenancy.rollout_tenant.put_off_at is 'Since when something of the tenant''s own stands in the way';
