-- PostgreSQL servers that the local driver runs for single tenants.
create table provisioning.cluster (
    tenant_id  uuid        primary key,
    folder     text        not null unique,
    port       integer     not null default 0 check (port between 0 and 65535),
    state      text        not null default 'in-use' check (state in ('in-use', 'removing')),
    created_at timestamptz not null default now(),
    started_at timestamptz
);
comment on table provisioning.cluster is 'A server of a tenant''s own: a process and a data directory on this machine';
comment on column provisioning.cluster.folder is 'Below AUTOSTACK_HOME/clusters';
comment on column provisioning.cluster.port is 'On the loopback address, as of the last start; 0 before the first one';
grant select, insert, update, delete on provisioning.cluster to ${app};
alter table provisioning.cluster enable row level security;
alter table provisioning.cluster force row level security;
create policy tenant on provisioning.cluster using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
