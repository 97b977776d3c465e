-- An operation keeps what a person reads, so that it is still readable when its kind is not known any more.
-- Row-level security holds for the owner of a table too: without the scope no row would be seen here.
set local autostack.scope = 'platform';
alter table provisioning.operation add column title text;
update provisioning.operation set title = kind;
alter table provisioning.operation alter column title set not null;
