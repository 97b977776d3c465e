-- What the driver aws keeps beside what AWS knows: which of a tenant's instances holds which database, what a snapshot
-- held when it was taken, and which records of the zone are ours.
create table provisioning.rds_instance (
    identifier text        primary key check (identifier ~ '^[a-z][a-z0-9-]{0,62}$'),
    tenant_id  uuid        not null,
    state      text        not null default 'in-use' check (state in ('in-use', 'removing')),
    host       text,
    port       integer     check (port between 1 and 65535),
    created_at timestamptz not null default now()
);
comment on table provisioning.rds_instance is 'An RDS instance of one tenant, written down before it is asked for';
comment on column provisioning.rds_instance.host is 'Its endpoint as it was seen last; empty before the first time';
create index rds_instance_tenant on provisioning.rds_instance (tenant_id);
grant select, insert, update, delete on provisioning.rds_instance to ${app};
alter table provisioning.rds_instance enable row level security;
alter table provisioning.rds_instance force row level security;
create policy tenant on provisioning.rds_instance using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table provisioning.rds_database (
    name       text        primary key,
    tenant_id  uuid        not null,
    identifier text        not null references provisioning.rds_instance on delete cascade,
    created_at timestamptz not null default now()
);
comment on table provisioning.rds_database is 'Which instance a database is on';
create index rds_database_tenant on provisioning.rds_database (tenant_id);
create index rds_database_identifier on provisioning.rds_database (identifier);
grant select, insert, update, delete on provisioning.rds_database to ${app};
alter table provisioning.rds_database enable row level security;
alter table provisioning.rds_database force row level security;
create policy tenant on provisioning.rds_database using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table provisioning.rds_snapshot (
    name          text        primary key,
    tenant_id     uuid        not null,
    database_name text        not null,
    taken_at      timestamptz not null,
    bytes         bigint      not null check (bytes >= 0),
    contents      jsonb       not null,
    complete      boolean     not null default false
);
comment on table provisioning.rds_snapshot is 'A snapshot of an instance, which nobody can read until it is restored: what it holds was written down when it was taken';
comment on column provisioning.rds_snapshot.contents is 'Structure, and rows and checksum of each table, as the comparison needs them';
comment on column provisioning.rds_snapshot.complete is 'False until RDS says that it is available';
create index rds_snapshot_tenant on provisioning.rds_snapshot (tenant_id);
grant select, insert, update, delete on provisioning.rds_snapshot to ${app};
alter table provisioning.rds_snapshot enable row level security;
alter table provisioning.rds_snapshot force row level security;
create policy tenant on provisioning.rds_snapshot using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table provisioning.dns_record (
    host          text        primary key check (host = lower(host)),
    tenant_id     uuid        not null,
    desired       text        not null default 'there' check (desired in ('there', 'gone')),
    at_most       integer     not null default 500 check (at_most between 1 and 500),
    claimed_until timestamptz,
    change_id     text,
    settled       boolean     not null default false,
    doubt         text,
    refusal       text,
    asked_at      timestamptz not null default now()
);
comment on table provisioning.dns_record is 'A record of the zone that is ours, and what is asked of Route 53 about it';
comment on column provisioning.dns_record.at_most is 'How many go in one batch: halved each time that a batch with it is refused';
comment on column provisioning.dns_record.claimed_until is 'Until when whoever sends it may take';
comment on column provisioning.dns_record.change_id is 'Of the batch it went with; empty while it waits for one';
comment on column provisioning.dns_record.settled is 'Whether all name servers of the zone know';
comment on column provisioning.dns_record.doubt is 'What Route 53 said when it refused this one alone; somebody looks why before it is sent again';
comment on column provisioning.dns_record.refusal is 'Why it cannot be had, as a sentence';
create index dns_record_tenant on provisioning.dns_record (tenant_id);
create index dns_record_waiting on provisioning.dns_record (asked_at) where not settled;
grant select, insert, update, delete on provisioning.dns_record to ${app};
alter table provisioning.dns_record enable row level security;
alter table provisioning.dns_record force row level security;
create policy tenant on provisioning.dns_record using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table provisioning.call_budget (
    api     text        primary key,
    next_at timestamptz not null default now()
);
comment on table provisioning.call_budget is 'When a cloud''s API that counts calls by account may be called next, by whichever replica';
grant select, insert, update on provisioning.call_budget to ${app};
