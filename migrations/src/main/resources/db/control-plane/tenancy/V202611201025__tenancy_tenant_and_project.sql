-- Customers of the platform's owner, and the apps they run.
create schema tenancy;
grant usage on schema tenancy to ${app};

create table tenancy.tenant (
    id              uuid        primary key,
    slug            text        not null unique check (slug ~ '^[a-z](-?[a-z0-9])+$' and char_length(slug) <= 30),
    name            text        not null,
    status          text        not null check (status in ('provisioning', 'active', 'suspended', 'closing', 'closed', 'failed')),
    plan            text        not null,
    plan_version    integer     not null,
    admin_email     text        not null,
    url             text,
    database_host   text,
    database_port   integer,
    database_name   text,
    database_secret text,
    created_at      timestamptz not null default now(),
    foreign key (plan, plan_version) references plans.plan_version
);
comment on table tenancy.tenant is 'A customer organisation with a database of its own';
comment on column tenancy.tenant.database_secret is 'Name of the secret with the credentials, never its value';
create index tenant_created on tenancy.tenant (created_at desc, id desc);
grant select, insert, update on tenancy.tenant to ${app};
alter table tenancy.tenant enable row level security;
alter table tenancy.tenant force row level security;
create policy tenant on tenancy.tenant using (shared.sees(id)) with check (shared.sees(id));

create table tenancy.project (
    id         uuid        primary key,
    tenant_id  uuid        not null references tenancy.tenant,
    slug       text        not null check (slug ~ '^[a-z](-?[a-z0-9])+$' and char_length(slug) <= 20),
    name       text        not null,
    created_at timestamptz not null default now(),
    removed_at timestamptz
);
comment on table tenancy.project is 'An app: what the plan limit counts, owner of deployments and of everything that follows them';
create unique index project_slug on tenancy.project (tenant_id, slug) where removed_at is null;
grant select, insert, update on tenancy.project to ${app};
alter table tenancy.project enable row level security;
alter table tenancy.project force row level security;
create policy tenant on tenancy.project using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
