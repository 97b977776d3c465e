-- Where a plan's tenants have their database: on the server that many share, or on one of their own.
alter table plans.plan_sizing add column placement text not null default 'shared'
    check (placement in ('shared', 'dedicated'));
comment on column plans.plan_sizing.placement is 'What sign-up chooses when nobody says otherwise';
update plans.plan_sizing set placement = 'dedicated' where plan = 'enterprise';
