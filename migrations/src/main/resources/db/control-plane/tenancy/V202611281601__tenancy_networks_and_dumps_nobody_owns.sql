-- Two more kinds of things that can be left without an owner: networks of containers, and files of snapshots.
alter table tenancy.orphan drop constraint orphan_kind_check;
alter table tenancy.orphan add constraint orphan_kind_check
    check (kind in ('role', 'database', 'secret', 'route', 'container', 'network', 'cluster', 'dump'));
