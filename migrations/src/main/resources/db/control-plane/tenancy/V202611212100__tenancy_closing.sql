-- A closed tenant can come back until its clock runs out, and keeps its short name until nothing of it is left: names
-- of databases and secrets are made from it. Row-level security holds for the owner of a table too: without the scope
-- no row would be seen here.
set local autostack.scope = 'platform';
alter table tenancy.tenant add column gone_at timestamptz check (gone_at is null or status = 'closed');
comment on column tenancy.tenant.gone_at is 'Since when nothing of a closed tenant is left and its short name is free';
update tenancy.tenant set gone_at = now() where status = 'closed';
drop index tenancy.tenant_slug;
create unique index tenant_slug on tenancy.tenant (slug) where gone_at is null;
create index tenant_slug_ever on tenancy.tenant (slug, id desc);

create table tenancy.closing (
    id             uuid        primary key,
    tenant_id      uuid        not null references tenancy.tenant,
    operation      uuid        not null,
    closed_by      text        not null,
    closed_at      timestamptz not null,
    retained_until timestamptz not null,
    was_suspended  boolean     not null,
    reopened_at    timestamptz,
    deleted_at     timestamptz,
    check (reopened_at is null or deleted_at is null)
);
comment on table tenancy.closing is 'A tenant that was closed, and how that ended: reopened, or deleted for good';
comment on column tenancy.closing.operation is 'The operation that closed it; its facts say what a reopening brings back';
comment on column tenancy.closing.retained_until is 'When it is deleted, unless it is reopened before';
create unique index closing_open on tenancy.closing (tenant_id) where reopened_at is null and deleted_at is null;
create index closing_tenant on tenancy.closing (tenant_id, closed_at desc);
create index closing_overdue on tenancy.closing (retained_until) where reopened_at is null and deleted_at is null;
grant select, insert, update on tenancy.closing to ${app};
alter table tenancy.closing enable row level security;
alter table tenancy.closing force row level security;
create policy tenant on tenancy.closing using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table tenancy.certificate (
    id         uuid        primary key,
    tenant_id  uuid        not null references tenancy.tenant,
    closing_id uuid        not null unique references tenancy.closing,
    issued_at  timestamptz not null,
    text       text        not null,
    sha256     text        not null check (sha256 ~ '^[0-9a-f]{64}$')
);
comment on table tenancy.certificate is 'What was deleted when a tenant was, how that was checked, and what was kept; never changed';
comment on column tenancy.certificate.sha256 is 'Of the text as UTF-8, hexadecimal';
create index certificate_tenant on tenancy.certificate (tenant_id);
grant select, insert on tenancy.certificate to ${app};
alter table tenancy.certificate enable row level security;
alter table tenancy.certificate force row level security;
create policy tenant on tenancy.certificate using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
