-- Host names that tenants bring along.
create table tenancy.domain (
    id          uuid        primary key,
    tenant_id   uuid        not null references tenancy.tenant,
    name        text        not null check (name = lower(name) and char_length(name) <= 232),
    challenge   text        not null,
    created_at  timestamptz not null default now(),
    verified_at timestamptz,
    unique (tenant_id, name)
);
comment on table tenancy.domain is 'A domain that a tenant claims; its own as soon as the name server shows the challenge';
comment on column tenancy.domain.name is 'As the name system has it: lower case, in Punycode, without the dot at the end';
comment on column tenancy.domain.challenge is 'What the TXT record has to say; made for this tenant and this name alone';
comment on column tenancy.domain.verified_at is 'Null while it is only claimed; a claim keeps nobody else from claiming the same name';
create unique index domain_verified on tenancy.domain (name) where verified_at is not null;
grant select, insert, update, delete on tenancy.domain to ${app};
alter table tenancy.domain enable row level security;
alter table tenancy.domain force row level security;
create policy tenant on tenancy.domain using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
