-- Steps count the failures since they last answered, so that a step which waits for an hour is not given up for one
-- outage at its end. Operations of one tenant take turns, the oldest first.
alter table provisioning.step add column failures integer not null default 0;
comment on column provisioning.step.failures is 'Failures in a row; an answer, even "not yet", sets it back to 0';

create index operation_turn on provisioning.operation (tenant_id, created_at, id) where state in ('waiting', 'running');
