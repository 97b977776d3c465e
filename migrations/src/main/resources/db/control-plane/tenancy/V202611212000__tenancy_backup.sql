-- Backups of tenants' databases, and what trying them out has shown.
create table tenancy.backup (
    id           uuid        primary key,
    tenant_id    uuid        not null references tenancy.tenant,
    operation    uuid        not null,
    kind         text        not null check (kind in ('manual', 'scheduled', 'replaced', 'final')),
    state        text        not null check (state in ('taking', 'kept', 'failed', 'removing', 'removed')),
    snapshot     text        not null unique,
    database     text        not null,
    file         text,
    bytes        bigint      check (bytes >= 0),
    taken_at     timestamptz,
    expires_at   timestamptz,
    requested_by text        not null,
    created_at   timestamptz not null,
    check (state not in ('kept', 'removing', 'removed') or (taken_at is not null and expires_at is not null))
);
comment on table tenancy.backup is 'A copy of a tenant''s database, kept until it expires';
comment on column tenancy.backup.kind is 'replaced: what a restore put in another database''s place; final: of a tenant that was closed';
comment on column tenancy.backup.file is 'Where the copy is also kept as a file, or why it is not';
comment on column tenancy.backup.operation is 'That takes it';
create index backup_tenant on tenancy.backup (tenant_id, id desc);
create index backup_expiry on tenancy.backup (expires_at) where state = 'kept';
grant select, insert, update on tenancy.backup to ${app};
alter table tenancy.backup enable row level security;
alter table tenancy.backup force row level security;
create policy tenant on tenancy.backup using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table tenancy.restore_drill (
    id           uuid        primary key,
    tenant_id    uuid        not null references tenancy.tenant,
    backup_id    uuid        not null references tenancy.backup,
    operation    uuid        not null,
    state        text        not null check (state in ('running', 'passed', 'failed')),
    rto_ms       bigint      check (rto_ms >= 0),
    rpo_ms       bigint      check (rpo_ms >= 0),
    requested_by text        not null,
    created_at   timestamptz not null,
    check (state <> 'passed' or (rto_ms is not null and rpo_ms is not null))
);
comment on table tenancy.restore_drill is 'A backup tried out: restored, compared with what was backed up, and removed again';
comment on column tenancy.restore_drill.rto_ms is 'From the start of the restore until everything was compared';
comment on column tenancy.restore_drill.rpo_ms is 'How old the data were when the drill began';
create index restore_drill_tenant on tenancy.restore_drill (tenant_id, id desc);
create index restore_drill_backup on tenancy.restore_drill (backup_id);
grant select, insert, update on tenancy.restore_drill to ${app};
alter table tenancy.restore_drill enable row level security;
alter table tenancy.restore_drill force row level security;
create policy tenant on tenancy.restore_drill using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
