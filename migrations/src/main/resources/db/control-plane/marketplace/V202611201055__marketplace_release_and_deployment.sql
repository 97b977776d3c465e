-- Templates on offer, priced plans that somebody may approve, and what was deployed.
create schema marketplace;
grant usage on schema marketplace to ${app};

create table marketplace.release (
    template     text        not null,
    version      text        not null,
    sha256       text        not null,
    description  jsonb       not null,
    sample       jsonb,
    verified     boolean     not null,
    origin       text        not null check (origin in ('bundled', 'upload')),
    published_at timestamptz not null default now(),
    primary key (template, version)
);
comment on table marketplace.release is 'A published version of a template; the jar is kept under its SHA-256 in the artefact store';
comment on column marketplace.release.description is 'What the plugin said of itself when it was taken in';
comment on column marketplace.release.sample is 'What it would build if every parameter keeps its initial value; null when some parameter has none';
grant select, insert on marketplace.release to ${app};

create table marketplace.deployment_plan (
    id          uuid        primary key,
    tenant_id   uuid        not null references tenancy.tenant,
    template    text        not null,
    version     text        not null,
    app_name    text        not null,
    app_slug    text        not null,
    answers     jsonb       not null,
    stack       jsonb       not null,
    created_by  text        not null,
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    foreign key (template, version) references marketplace.release
);
comment on table marketplace.deployment_plan is 'What a deployment would build, asked of the plugin once; approving it builds exactly this';
create index deployment_plan_tenant on marketplace.deployment_plan (tenant_id, created_at desc);
grant select, insert on marketplace.deployment_plan to ${app};
alter table marketplace.deployment_plan enable row level security;
alter table marketplace.deployment_plan force row level security;
create policy tenant on marketplace.deployment_plan using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table marketplace.deployment (
    id         uuid        primary key,
    tenant_id  uuid        not null references tenancy.tenant,
    project_id uuid        not null references tenancy.project,
    plan_id    uuid        not null unique references marketplace.deployment_plan,
    operation  uuid        not null,
    status     text        not null check (status in ('deploying', 'running', 'failed')),
    simulated  boolean     not null default false,
    created_by text        not null,
    created_at timestamptz not null default now(),
    settled_at timestamptz
);
comment on table marketplace.deployment is 'A template deployed as an app of a tenant; one for each approved plan, however often it is approved';
comment on column marketplace.deployment.simulated is 'True when at least one part has nothing real behind it';
create index deployment_tenant on marketplace.deployment (tenant_id, created_at desc);
grant select, insert, update on marketplace.deployment to ${app};
alter table marketplace.deployment enable row level security;
alter table marketplace.deployment force row level security;
create policy tenant on marketplace.deployment using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
