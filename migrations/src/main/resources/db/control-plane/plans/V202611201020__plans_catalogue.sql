-- The plan catalogue: what a plan costs and how far it lets a tenant go, as versions that never change once published.
create schema plans;
grant usage on schema plans to ${app};

create table plans.plan_version (
    plan       text           not null,
    version    integer        not null check (version > 0),
    name       text           not null,
    rank       integer        not null,
    price      numeric(14, 2) not null check (price >= 0),
    currency   char(3)        not null,
    features   text           not null,
    source     text           not null,
    valid_from timestamptz    not null,
    primary key (plan, version)
);
comment on table plans.plan_version is 'A published version of a plan; the newest valid one is offered, tenants stay on theirs';
comment on column plans.plan_version.price is 'Per month, in currency';

create table plans.plan_limit (
    plan    text    not null,
    version integer not null,
    meter   text    not null,
    kind    text    not null check (kind in ('hard', 'unlimited', 'custom')),
    most    numeric(20, 6) check (most >= 0),
    primary key (plan, version, meter),
    foreign key (plan, version) references plans.plan_version,
    check ((kind = 'hard') = (most is not null))
);
comment on table plans.plan_limit is 'How far a plan goes on one meter; custom: agreed with each tenant, no check until agreed';
grant select on plans.plan_version, plans.plan_limit to ${app};
