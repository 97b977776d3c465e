-- The list of operations is searched, narrowed and ordered. What words are looked for in is kept beside the row, in
-- small letters: an index of pieces of words (pg_trgm) would never be used, since row-level security lets no function
-- that is not leakproof look at a row before it.
alter table provisioning.operation add column search text not null
    generated always as (lower(title || ' ' || kind || ' ' || id::text || coalesce(' ' || message, ''))) stored;
comment on column provisioning.operation.search is 'In which words are looked for: title, kind, id, message';

create index operation_created on provisioning.operation (created_at, id);
create index operation_state on provisioning.operation (state, created_at, id);
create index operation_kind on provisioning.operation (kind, created_at, id);
create index operation_tenant_created on provisioning.operation (tenant_id, created_at, id);
drop index provisioning.operation_tenant;
