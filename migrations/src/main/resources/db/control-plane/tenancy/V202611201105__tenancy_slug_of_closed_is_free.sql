-- A tenant that is gone gives its short name back.
alter table tenancy.tenant drop constraint tenant_slug_key;
create unique index tenant_slug on tenancy.tenant (slug) where status <> 'closed';
