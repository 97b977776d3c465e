-- People who are signed in. The browser holds a random handle; what the identity provider gave stays here, sealed.
create table identity.session (
    lookup           bytea       primary key,
    subject          text        not null,
    provider_session text,
    email            text,
    tokens           bytea       not null,
    key_id           text        not null,
    created_at       timestamptz not null,
    expires_at       timestamptz not null
);
comment on table identity.session is 'One row per browser that is signed in; without its row a cookie is worth nothing';
comment on column identity.session.lookup is 'HMAC-SHA256 of the cookie under a key kept outside the database';
comment on column identity.session.provider_session is 'The sid of the ID token: what a back-channel logout names';
comment on column identity.session.email is 'Verified e-mail, lower case: whose memberships this session uses';
comment on column identity.session.tokens is 'ID and refresh token, sealed';
comment on column identity.session.key_id is 'First eight bytes of the SHA-256 of the installation''s key that the tokens are sealed under, hexadecimal';
create index session_subject on identity.session (subject);
create index session_provider_session on identity.session (provider_session);
create index session_email on identity.session (email);
create index session_expires on identity.session (expires_at);
grant select, insert, update, delete on identity.session to ${app};

-- Whoever takes a membership away, or changes its role, ends the person's sessions with it, whatever code does so.
create function identity.end_sessions() returns trigger language plpgsql as $$
begin
    delete from identity.session where email = old.email;
    return null;
end $$;
comment on function identity.end_sessions() is 'Ends the sessions of the person whose membership ended or changed';
create trigger end_sessions after delete or update of tenant_id, email, role on identity.membership
    for each row execute function identity.end_sessions();
