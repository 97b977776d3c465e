-- A server of a tenant's own can be left behind like anything else, and so can a database that its tenant moved from.
alter table tenancy.orphan drop constraint orphan_kind_check;
alter table tenancy.orphan add constraint orphan_kind_check
    check (kind in ('role', 'database', 'secret', 'route', 'container', 'cluster'));
comment on column tenancy.backup.kind is 'replaced: what a database held when its tenant left it, by a restore or for production; final: of a tenant that was closed';
