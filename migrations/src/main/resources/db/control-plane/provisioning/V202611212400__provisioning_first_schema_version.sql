-- A new schema version is tried on tenants that exist before new tenants begin with it: somebody has to say from when on.
create table provisioning.first_schema_version (
    one     boolean     primary key default true check (one),
    version text        not null,
    since   timestamptz not null default now()
);
comment on table provisioning.first_schema_version is 'The schema version that new tenant databases begin at; one row, written when the first is made';
grant select, insert, update on provisioning.first_schema_version to ${app};
