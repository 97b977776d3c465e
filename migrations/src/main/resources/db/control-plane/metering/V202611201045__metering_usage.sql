-- What tenants use: events exactly once, and totals that grow in the same transaction.
create schema metering;
grant usage on schema metering to ${app};

create table metering.meter (
    name        text    primary key check (name ~ '^[a-z][a-z0-9-]{0,39}$'),
    position    integer not null unique,
    title       text    not null,
    description text    not null,
    unit        text    not null,
    singular    text    not null,
    plural      text    not null,
    aggregation text    not null check (aggregation in ('sum', 'gauge'))
);
comment on table metering.meter is 'What is measured; a new meter is a row';
comment on column metering.meter.unit is 'As FOCUS writes units: capitalised plural, for example GB-Hours';
comment on column metering.meter.aggregation is 'sum: events are added up over a month; gauge: counted at the moment somebody asks, events are refused';
grant select on metering.meter to ${app};

create table metering.usage_event (
    tenant_id   uuid           not null,
    source      text           not null,
    event_id    text           not null,
    meter       text           not null references metering.meter,
    quantity    numeric(20, 6) not null check (quantity >= 0),
    occurred_at timestamptz    not null,
    recorded_at timestamptz    not null default now(),
    dimensions  jsonb          not null default '{}',
    primary key (tenant_id, source, event_id)
);
comment on table metering.usage_event is 'A measured fact; the primary key makes a repeated report a duplicate';
comment on column metering.usage_event.source is 'Who measured; event_id is unique within it';
create index usage_event_time on metering.usage_event (tenant_id, meter, occurred_at);
grant select, insert on metering.usage_event to ${app};
alter table metering.usage_event enable row level security;
alter table metering.usage_event force row level security;
create policy tenant on metering.usage_event using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

create table metering.total (
    tenant_id uuid           not null,
    meter     text           not null references metering.meter,
    period    date           not null check (extract(day from period) = 1),
    quantity  numeric(30, 6) not null check (quantity >= 0),
    primary key (tenant_id, meter, period)
);
comment on table metering.total is 'Sum of the events of one month (UTC), always equal to them: written in the same transaction';
comment on column metering.total.period is 'First day of the month';
create index total_period on metering.total (period, tenant_id);
grant select, insert, update on metering.total to ${app};
alter table metering.total enable row level security;
alter table metering.total force row level security;
create policy tenant on metering.total using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
