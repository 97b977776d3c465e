-- Moves of tenants from proof of concept to production, with the database that is kept as a fallback.
create schema moves;
grant usage on schema moves to ${app};

create table moves.move (
    id             uuid          primary key,
    tenant_id      uuid          not null references tenancy.tenant,
    operation_id   uuid          not null,
    slug           text          not null,
    state          text          not null check (state in
        ('moving', 'undone', 'moved', 'rolling-back', 'rolled-back', 'decommissioning', 'decommissioned')),
    from_database  text          not null,
    from_secret    text          not null,
    from_placement text          not null check (from_placement in ('shared', 'dedicated')),
    to_database    text          not null,
    to_secret      text          not null,
    to_placement   text          not null check (to_placement in ('shared', 'dedicated')),
    confirmed      text          not null,
    price_book     integer       not null,
    monthly_before numeric(12,2) not null,
    monthly_after  numeric(12,2) not null,
    currency       text          not null,
    requested_by   text          not null,
    requested_at   timestamptz   not null,
    moved_at       timestamptz,
    keep_until     timestamptz,
    pause_ms       bigint,
    ended_at       timestamptz
);
comment on table moves.move is 'From the request to the end of the old database';
comment on column moves.move.confirmed is 'What the requester confirmed by name, words separated by commas';
comment on column moves.move.pause_ms is 'For how long nobody could write';
comment on column moves.move.keep_until is 'When the old database is decommissioned';
create index move_tenant on moves.move (tenant_id, id desc);
create unique index move_open on moves.move (tenant_id)
    where state in ('moving', 'moved', 'rolling-back', 'decommissioning');
create index move_due on moves.move (keep_until) where state = 'moved';
grant select, insert, update on moves.move to ${app};
alter table moves.move enable row level security;
alter table moves.move force row level security;
create policy tenant on moves.move using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
