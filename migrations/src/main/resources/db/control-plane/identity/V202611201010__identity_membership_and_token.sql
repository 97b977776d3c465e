-- Who belongs to a tenant, and the API tokens that scripts use. People themselves live at the identity provider.
create schema identity;
grant usage on schema identity to ${app};

create table identity.membership (
    id         uuid        primary key,
    tenant_id  uuid        not null,
    email      text        not null check (email = lower(email)),
    role       text        not null check (role in ('owner', 'admin', 'member', 'viewer')),
    created_at timestamptz not null default now(),
    unique (tenant_id, email)
);
comment on table identity.membership is 'A person, by verified e-mail, in a role at a tenant';
create index membership_email on identity.membership (email);
grant select, insert, update, delete on identity.membership to ${app};
alter table identity.membership enable row level security;
alter table identity.membership force row level security;
create policy tenant on identity.membership using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table identity.api_token (
    id           uuid        primary key,
    name         text        not null,
    role         text        not null check (role in ('operator', 'finance', 'author', 'sales', 'application')),
    tenant_id    uuid,
    lookup       bytea       not null unique,
    hint         text        not null,
    created_by   text        not null,
    created_at   timestamptz not null default now(),
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz
);
comment on table identity.api_token is 'API tokens; the token itself is shown once and never stored';
comment on column identity.api_token.lookup is 'HMAC-SHA256 of the token under a key kept outside the database';
comment on column identity.api_token.tenant_id is 'Set: the token sees this tenant only';
create index api_token_tenant on identity.api_token (tenant_id);
grant select, insert, update on identity.api_token to ${app};
alter table identity.api_token enable row level security;
alter table identity.api_token force row level security;
create policy tenant on identity.api_token using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
