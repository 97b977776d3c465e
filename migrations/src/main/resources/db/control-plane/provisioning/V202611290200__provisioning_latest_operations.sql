-- The newest operations of all tenants, which the home page of operators shows, in the order of the index.
create index operation_latest on provisioning.operation (created_at desc, id desc);
