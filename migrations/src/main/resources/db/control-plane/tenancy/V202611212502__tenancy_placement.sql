-- A tenant's database is on the server that many share, or on one of its own.
alter table tenancy.tenant add column database_placement text not null default 'shared'
    check (database_placement in ('shared', 'dedicated'));
comment on column tenancy.tenant.database_placement is 'shared: a database among others; dedicated: a server process of its own';
