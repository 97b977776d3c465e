-- What a tenant was at any time, so that the charges of a month that is over stay what they were whatever becomes of
-- the tenant later. A trigger writes it: no way of changing a tenant can forget to.
set local autostack.scope = 'platform';

create table tenancy.tenant_history (
    id           uuid        primary key default uuidv7(),
    tenant_id    uuid        not null,
    since        timestamptz not null,
    status       text        not null,
    plan         text        not null,
    plan_version integer     not null,
    slug         text        not null,
    name         text        not null
);
comment on table tenancy.tenant_history is 'What a tenant was called, whether it was served and on which plan, from when on; never changed, and kept for the accounts when the tenant is gone';
comment on column tenancy.tenant_history.since is 'Until the next row of the tenant, or until today';
create index tenant_history_tenant on tenancy.tenant_history (tenant_id, since desc, id desc);
grant select, insert on tenancy.tenant_history to ${app};
alter table tenancy.tenant_history enable row level security;
alter table tenancy.tenant_history force row level security;
create policy tenant on tenancy.tenant_history using (shared.sees(tenant_id)) with check (shared.sees(tenant_id));

-- A tenant that was ever served is taken to have been from its first day on, as the export did so far.
insert into tenancy.tenant_history (tenant_id, since, status, plan, plan_version, slug, name)
select t.id, t.created_at,
       case when t.status in ('active', 'suspended', 'closing') or exists (select from tenancy.closing where tenant_id = t.id)
            then 'active' else t.status end,
       coalesce(first.from_plan, t.plan), coalesce(first.from_version, t.plan_version), t.slug, t.name
  from tenancy.tenant t
  left join lateral (select from_plan, from_version from billing.proration_event
                      where tenant_id = t.id order by happened_at, id limit 1) first on true;

insert into tenancy.tenant_history (tenant_id, since, status, plan, plan_version, slug, name)
select t.id, p.happened_at, 'active', p.to_plan, p.to_version, t.slug, t.name
  from billing.proration_event p join tenancy.tenant t on t.id = p.tenant_id
 order by p.happened_at, p.id;

insert into tenancy.tenant_history (tenant_id, since, status, plan, plan_version, slug, name)
select t.id, turn.at, turn.status, before.plan, before.plan_version, t.slug, t.name
  from tenancy.closing c
  join tenancy.tenant t on t.id = c.tenant_id
 cross join lateral (values (c.closed_at, 'closed'),
                            (c.reopened_at, case when c.was_suspended then 'suspended' else 'active' end)) turn (at, status)
 cross join lateral (select plan, plan_version from tenancy.tenant_history
                      where tenant_id = t.id and since <= turn.at order by since desc, id desc limit 1) before
 where turn.at is not null
 order by turn.at;

insert into tenancy.tenant_history (tenant_id, since, status, plan, plan_version, slug, name)
select t.id, greatest(now(), last.since), t.status, t.plan, t.plan_version, t.slug, t.name
  from tenancy.tenant t
 cross join lateral (select * from tenancy.tenant_history
                      where tenant_id = t.id order by since desc, id desc limit 1) last
 where (t.status, t.plan, t.plan_version) is distinct from (last.status, last.plan, last.plan_version);

-- Whoever opens a tenant says since when it is there; time never runs backwards for it after that.
create function tenancy.write_history() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    insert into tenancy.tenant_history (tenant_id, since, status, plan, plan_version, slug, name)
    select new.id,
           case when tg_op = 'INSERT' then new.created_at
                else greatest(now(), (select max(since) from tenancy.tenant_history where tenant_id = new.id)) end,
           new.status, new.plan, new.plan_version, new.slug, new.name;
    return null;
end
$$;
comment on function tenancy.write_history is 'Adds what a tenant is from now on to its history';
create trigger history_begins after insert on tenancy.tenant
    for each row execute function tenancy.write_history();
create trigger history_goes_on after update on tenancy.tenant
    for each row when ((old.status, old.plan, old.plan_version, old.slug, old.name)
        is distinct from (new.status, new.plan, new.plan_version, new.slug, new.name))
    execute function tenancy.write_history();
