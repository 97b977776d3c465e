-- Under which of the installation's keys a stored answer is sealed, so that nobody removes a key that is still needed.
alter table web.idempotent_call add column key_id text;
comment on column web.idempotent_call.key_id is 'First eight bytes of the SHA-256 of the installation''s key that the body is sealed under, hexadecimal; null in answers of before';
