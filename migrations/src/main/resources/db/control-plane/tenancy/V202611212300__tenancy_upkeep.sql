-- What looking after tenants found: one row a tenant that is written at every look whatever it found, and findings,
-- which are written only when one comes or goes. A look costs the same on a good day and on a bad one.
create table tenancy.inspection (
    tenant_id   uuid        primary key references tenancy.tenant,
    looked_at   timestamptz not null,
    differences integer     not null
);
comment on table tenancy.inspection is 'When a tenant was compared with what is really there, and in how many points the two differed';
grant select, insert, update on tenancy.inspection to ${app};
alter table tenancy.inspection enable row level security;
alter table tenancy.inspection force row level security;
create policy tenant on tenancy.inspection using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table tenancy.finding (
    id          uuid        primary key,
    tenant_id   uuid        not null references tenancy.tenant,
    what        text        not null,
    wanted      text        not null,
    found       text        not null,
    repair      text,
    advice      text        not null,
    first_seen  timestamptz not null,
    last_seen   timestamptz not null,
    resolved_at timestamptz
);
comment on table tenancy.finding is 'A point in which a tenant differs from what it should be, from the first look that saw it to the first that did not';
comment on column tenancy.finding.repair is 'The part of a repair that mends it; null when only a person can';
comment on column tenancy.finding.last_seen is 'Written when it is resolved; while it is not, the tenant''s inspection says when it was seen last';
create index finding_tenant on tenancy.finding (tenant_id, id desc);
create unique index finding_open on tenancy.finding (tenant_id, what) where resolved_at is null;
grant select, insert, update on tenancy.finding to ${app};
alter table tenancy.finding enable row level security;
alter table tenancy.finding force row level security;
create policy tenant on tenancy.finding using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

-- Things that carry the tag of a tenant that is not there: they belong to nobody, so only the platform sees them.
create table tenancy.orphan (
    id         uuid        primary key,
    kind       text        not null check (kind in ('role', 'database', 'secret', 'route', 'container')),
    name       text        not null,
    tagged     uuid        not null,
    why        text        not null,
    first_seen timestamptz not null,
    last_seen  timestamptz not null,
    gone_at    timestamptz
);
comment on table tenancy.orphan is 'Something tagged as ours that no tenant owns, until it is gone';
create unique index orphan_open on tenancy.orphan (kind, name, tagged) where gone_at is null;
grant select, insert, update on tenancy.orphan to ${app};
alter table tenancy.orphan enable row level security;
alter table tenancy.orphan force row level security;
create policy platform on tenancy.orphan using (shared.sees(null)) with check (shared.sees(null));

create table tenancy.last_look (
    singleton    boolean     primary key default true check (singleton),
    begun_at     timestamptz not null,
    took_ms      bigint      not null,
    promising_ms bigint      not null,
    tenants      integer     not null,
    differing    integer     not null,
    promised     integer     not null,
    signed_in    integer     not null,
    next_sign_in uuid
);
comment on table tenancy.last_look is 'The last look after all tenants: one row';
comment on column tenancy.last_look.took_ms is 'Without promising repairs, which promising_ms counts';
comment on column tenancy.last_look.next_sign_in is 'Behind this tenant the next look goes on trying credentials';
grant select, insert, update on tenancy.last_look to ${app};
