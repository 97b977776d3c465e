-- How much of the shared PostgreSQL server a tenant of a plan gets. The specification sizes instances, not shared
-- servers; these are the platform's own figures, and each owner may publish other ones as a new version.
create table plans.plan_sizing (
    plan              text    not null,
    version           integer not null,
    connections       integer not null check (connections > 0),
    statement_timeout integer not null check (statement_timeout > 0),
    primary key (plan, version),
    foreign key (plan, version) references plans.plan_version
);
comment on table plans.plan_sizing is 'Connections that a tenant database takes at once, and how long one statement may run';
comment on column plans.plan_sizing.statement_timeout is 'Seconds';
grant select on plans.plan_sizing to ${app};

insert into plans.plan_sizing (plan, version, connections, statement_timeout) values
    ('starter', 1, 10, 30),
    ('professional', 1, 20, 60),
    ('business', 1, 40, 120),
    ('enterprise', 1, 80, 300);
