-- Envelope encryption and versions: a version is sealed with a key of its own, which is wrapped by the installation's.
-- Of a secret that got another member later, the highest version has everything; the others are not needed.
select set_config('autostack.scope', 'platform', true);
delete from provisioning.secret s
 where exists (select from provisioning.secret newer where newer.name = s.name and newer.version > s.version);
alter table provisioning.secret add column wrapped_key bytea;
alter table provisioning.secret add column stage text not null default 'current'
    check (stage in ('pending', 'current', 'previous'));
alter table provisioning.secret alter column stage drop default;
comment on table provisioning.secret is 'Local secret store: AES-256-GCM; each version has a data key of its own, wrapped by a key that lives outside the database';
comment on column provisioning.secret.key_id is 'First eight bytes of the SHA-256 of the installation''s key that is needed to open the row, hexadecimal';
comment on column provisioning.secret.wrapped_key is 'The data key, wrapped; null in rows of before, which are sealed with the installation''s key itself until they are sealed anew';
comment on column provisioning.secret.stage is 'pending: waits to be promoted; current: what is handed out; previous: was current, until it is retired';
create unique index secret_stage on provisioning.secret (name, stage);
create index secret_key on provisioning.secret (key_id);
grant update (key_id, wrapped_key, sealed, stage) on provisioning.secret to ${app};
