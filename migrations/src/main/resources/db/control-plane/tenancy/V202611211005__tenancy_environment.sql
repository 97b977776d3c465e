-- Tenants that try things out and tenants that pay are kept differently: backups, databases, what they cost.
alter table tenancy.tenant add column environment text not null default 'production'
    check (environment in ('poc', 'production'));
comment on column tenancy.tenant.environment is 'poc: one day of backups, moved to production later; production: seven days';
