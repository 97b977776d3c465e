-- A dedicated cluster is a process and a folder of one machine: of which one is written down beside it.
alter table provisioning.cluster add column home uuid;
alter table provisioning.cluster add column host text;
comment on column provisioning.cluster.home is 'Id of the AUTOSTACK_HOME in which its data are; empty for those of earlier versions until the replica that has the data starts it';
comment on column provisioning.cluster.host is 'Name of the machine at the last start, for people';
