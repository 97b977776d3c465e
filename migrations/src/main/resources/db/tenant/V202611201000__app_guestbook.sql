-- The baseline of every tenant database. The reference application keeps its guest book here; an adopter's own
-- migrations take the place of this file.
create schema app;

create table app.guestbook_entry (
    id         bigint generated always as identity primary key,
    author     text        not null check (char_length(author) between 1 and 80),
    message    text        not null check (char_length(message) between 1 and 1000),
    written_at timestamptz not null default now()
);
comment on table app.guestbook_entry is 'What visitors of the tenant''s application wrote';
create index guestbook_entry_written on app.guestbook_entry (written_at desc, id desc);
