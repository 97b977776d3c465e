-- Answers to unsafe calls that carried an Idempotency-Key, kept for 24 hours so that a retry gets the same answer.
create schema web;
grant usage on schema web to ${app};

create table web.idempotent_call (
    caller       text        not null,
    key          text        not null,
    fingerprint  bytea       not null,
    started_at   timestamptz not null default now(),
    status       integer,
    content_type text,
    location     text,
    body         bytea,
    primary key (caller, key)
);
comment on table web.idempotent_call is 'One row per caller and Idempotency-Key; status is null while the first call still runs';
comment on column web.idempotent_call.fingerprint is 'SHA-256 of method, path and body: another body under the same key is refused';
create index idempotent_call_started on web.idempotent_call (started_at);
grant select, insert, update, delete on web.idempotent_call to ${app};
