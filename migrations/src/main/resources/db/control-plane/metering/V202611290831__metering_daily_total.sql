-- How much of each meter a tenant used on each day: what its page draws, without reading a month of events.
create table metering.daily_total (
    tenant_id uuid           not null,
    meter     text           not null references metering.meter,
    day       date           not null,
    quantity  numeric(30, 6) not null check (quantity >= 0),
    primary key (tenant_id, meter, day)
);
comment on table metering.daily_total is 'Sum of the events of one day (UTC), written in the same transaction as they are; the days of a month add up to metering.total';
grant select, insert, update on metering.daily_total to ${app};
alter table metering.daily_total enable row level security;
alter table metering.daily_total force row level security;
create policy tenant on metering.daily_total using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

select set_config('autostack.scope', 'platform', true);
insert into metering.daily_total (tenant_id, meter, day, quantity)
select tenant_id, meter, (occurred_at at time zone 'UTC')::date, sum(quantity)
  from metering.usage_event
 group by 1, 2, 3;
