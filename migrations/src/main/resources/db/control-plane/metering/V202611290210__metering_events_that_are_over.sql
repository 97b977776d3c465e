-- Usage events are kept for some time after their month, and their totals for ever. An event may be reported 35 days
-- late, and again as often as somebody likes: until then its key tells that it was counted. Row-level security holds for
-- the application's role, so the database itself refuses to forget an event before that.
alter table metering.total add column has_events boolean not null default true;
comment on column metering.total.has_events is 'False once the events of a month that is over were removed: from then on the total stands alone';
comment on table metering.total is 'Sum of the events of one month (UTC), always equal to them while they are kept: written in the same transaction';
create index total_with_events on metering.total (period, tenant_id) where has_events;

grant delete on metering.usage_event to ${app};
create policy over on metering.usage_event as restrictive for delete
    using (occurred_at < date_trunc('month', (now() - interval '35 days') at time zone 'UTC') at time zone 'UTC');
