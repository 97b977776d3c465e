-- Who may see a tenant's rows. The application sets one of two settings for the time it holds a connection:
-- autostack.tenant (one tenant's id) or autostack.scope = 'platform' (operators and workers). Neither set: no rows.
create schema shared;
grant usage on schema shared to ${app};

create function shared.sees(tenant uuid) returns boolean
    language sql stable parallel safe
    return tenant = nullif(current_setting('autostack.tenant', true), '')::uuid
        or coalesce(current_setting('autostack.scope', true), '') = 'platform';
comment on function shared.sees is 'Row-level security of every tenant-scoped table asks this question';
