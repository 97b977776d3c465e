-- What is on one machine is seen by the replica there alone: a look of another one says nothing about it.
alter table tenancy.orphan add column home uuid;
alter table tenancy.orphan add column host text;
comment on column tenancy.orphan.home is 'The home of the replica that alone can see it; null for what every replica sees';
comment on column tenancy.orphan.host is 'Name of the machine with that home, for people';
