-- The history is searched, narrowed to a time, and ordered by what it shows. What words are looked for in is kept
-- beside the row, in small letters: an index of pieces of words (pg_trgm) would never be used, since row-level security
-- lets no function that is not leakproof look at a row before it.
alter table audit.event add column search text not null
    generated always as (lower(actor || ' ' || action || ' ' || object_type || ' ' || object_id
        || coalesce(' ' || (details ->> 'slug'), '') || coalesce(' ' || (details ->> 'app'), '')
        || coalesce(' ' || (details ->> 'name'), '') || coalesce(' ' || trace_id, ''))) stored;
comment on column audit.event.search is 'In which words are looked for: who, what, on what by id and name, trace id';

create index event_at on audit.event (at, id);
create index event_tenant_at on audit.event (tenant_id, at, id);
create index event_actor_at on audit.event (actor, at, id);
create index event_action_at on audit.event (action, at, id);
create index event_object_at on audit.event (object_id, at, id);
drop index audit.event_tenant;
drop index audit.event_actor;
drop index audit.event_object;
