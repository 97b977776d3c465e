-- What somebody changed, written in the transaction that changed it. Append only: the application may insert and read.
create schema audit;
grant usage on schema audit to ${app};

create table audit.event (
    id          uuid        primary key,
    at          timestamptz not null default now(),
    actor       text        not null,
    actor_kind  text        not null check (actor_kind in ('user', 'token', 'system')),
    tenant_id   uuid,
    action      text        not null,
    object_type text        not null,
    object_id   text        not null,
    details     jsonb       not null default '{}',
    trace_id    text
);
comment on table audit.event is 'Append-only history of changes: who, what, on which object, for which tenant';
create index event_tenant on audit.event (tenant_id, id desc);
create index event_object on audit.event (object_type, object_id, id desc);
create index event_actor on audit.event (actor, id desc);
grant select, insert on audit.event to ${app};
alter table audit.event enable row level security;
alter table audit.event force row level security;
create policy tenant on audit.event using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
