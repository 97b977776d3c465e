-- What the time that was left of a month was worth when a tenant changed its plan. Nobody is charged by it yet.
create schema billing;
grant usage on schema billing to ${app};

create table billing.proration_event (
    id                 uuid        primary key,
    tenant_id          uuid        not null,
    operation_id       uuid        not null,
    from_plan          text        not null,
    from_version       integer     not null,
    to_plan            text        not null,
    to_version         integer     not null,
    happened_at        timestamptz not null,
    period             date        not null check (extract(day from period) = 1),
    left_microseconds  bigint      not null check (left_microseconds > 0),
    whole_microseconds bigint      not null,
    from_price         numeric     not null check (from_price >= 0),
    credit             numeric     not null check (credit between 0 and from_price),
    credit_currency    char(3)     not null,
    to_price           numeric     not null check (to_price >= 0),
    charge             numeric     not null check (charge between 0 and to_price),
    charge_currency    char(3)     not null,
    rounding           text        not null check (rounding = 'half-up'),
    formula            text        not null,
    unique (operation_id),
    check (left_microseconds <= whole_microseconds)
);
comment on table billing.proration_event is 'A settled change of plan and what the rest of the month was worth at both prices; once for each operation, never changed';
comment on column billing.proration_event.happened_at is 'When the operation ended, by the clock of the ledger';
comment on column billing.proration_event.period is 'First day of the month (UTC) that the change fell into';
comment on column billing.proration_event.left_microseconds is 'From the change to the end of the month; over whole_microseconds it is the exact share that was left';
comment on column billing.proration_event.credit is 'What the rest of the month was worth at the price before, rounded to the smallest unit of the currency';
comment on column billing.proration_event.charge is 'What the rest of the month is worth at the price from then on, rounded likewise';
comment on column billing.proration_event.formula is 'How it was calculated and where that is decided';
create index proration_event_tenant on billing.proration_event (tenant_id, id desc);
grant select, insert on billing.proration_event to ${app};
alter table billing.proration_event enable row level security;
alter table billing.proration_event force row level security;
create policy tenant on billing.proration_event using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));
