-- A file of a snapshot is on the machine that wrote it, and no other replica sees it there.
create table provisioning.dump_file (
    tenant_id  uuid        not null,
    snapshot   text        not null,
    home       uuid        not null,
    host       text        not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, snapshot, home)
);
comment on table provisioning.dump_file is 'Where there may be a file of a snapshot, complete or not: written down before it is begun';
comment on column provisioning.dump_file.home is 'The home of the replica that wrote it and alone can remove it';
comment on column provisioning.dump_file.host is 'Name of the machine with that home, for people';
grant select, insert, update, delete on provisioning.dump_file to ${app};
alter table provisioning.dump_file enable row level security;
alter table provisioning.dump_file force row level security;
create policy tenant on provisioning.dump_file using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
