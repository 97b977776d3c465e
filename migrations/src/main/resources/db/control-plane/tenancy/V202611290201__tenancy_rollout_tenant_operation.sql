-- From an operation that ends to the tenant's part of a rollout. Every end of an operation asks.
create index rollout_tenant_operation on tenancy.rollout_tenant (operation) where operation is not null;
