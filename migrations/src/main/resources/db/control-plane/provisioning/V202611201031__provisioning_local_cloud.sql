-- What the local cloud driver keeps: sealed secrets and host names.
create table provisioning.secret (
    name       text        not null,
    version    integer     not null check (version > 0),
    tenant_id  uuid        not null,
    key_id     text        not null,
    sealed     bytea       not null,
    created_at timestamptz not null default now(),
    primary key (name, version)
);
comment on table provisioning.secret is 'Local secret store: AES-256-GCM under a key that lives outside the database; the highest version is current';
comment on column provisioning.secret.key_id is 'First eight bytes of the SHA-256 of the key it is sealed with, hexadecimal';
create index secret_tenant on provisioning.secret (tenant_id);
grant select, insert, delete on provisioning.secret to ${app};
alter table provisioning.secret enable row level security;
alter table provisioning.secret force row level security;
create policy tenant on provisioning.secret using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table provisioning.route (
    host       text        primary key check (host = lower(host)),
    tenant_id  uuid        not null,
    created_at timestamptz not null default now()
);
comment on table provisioning.route is 'Which tenant a host name of the shared application belongs to';
create index route_tenant on provisioning.route (tenant_id);
grant select, insert, delete on provisioning.route to ${app};
alter table provisioning.route enable row level security;
alter table provisioning.route force row level security;
create policy tenant on provisioning.route using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
