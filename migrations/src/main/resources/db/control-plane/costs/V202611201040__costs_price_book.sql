-- Unit prices as versioned data: an estimate names the book it was made with, and a published book never changes.
create schema costs;
grant usage on schema costs to ${app};

create table costs.price_book (
    version         integer     primary key check (version > 0),
    as_of           date        not null,
    region          text        not null,
    currency        char(3)     not null,
    hours_per_month integer     not null check (hours_per_month > 0),
    source          text        not null,
    created_at      timestamptz not null default now()
);
comment on table costs.price_book is 'A published set of unit prices; the highest version is the one estimates use';
comment on column costs.price_book.as_of is 'Date of its main source, not of its import';
comment on column costs.price_book.hours_per_month is 'Hours that a month counts, in every price and estimate of this book';

create table costs.price (
    book_version integer        not null references costs.price_book,
    service      text           not null,
    item         text           not null,
    unit         text           not null,
    price        numeric(18, 9) not null check (price >= 0),
    currency     char(3)        not null,
    region       text           not null,
    source       text           not null,
    as_of        date,
    above        numeric(20, 6) not null default 0 check (above >= 0),
    up_to        numeric(20, 6) check (up_to > above),
    primary key (book_version, service, item, unit, region)
);
comment on table costs.price is 'What one unit of one item costs';
comment on column costs.price.as_of is 'Date of the price''s own source; null when the source carries none';
comment on column costs.price.above is 'The price is for units beyond this quantity a month: free allowances are data';
comment on column costs.price.up_to is 'The price is not known for units beyond this quantity a month; null: no end';

create table costs.left_out (
    book_version integer not null references costs.price_book,
    position     integer not null,
    what         text    not null,
    why          text    not null,
    primary key (book_version, position)
);
comment on table costs.left_out is 'What estimates made with this book do not include, said on each of them';
grant select on costs.price_book, costs.price, costs.left_out to ${app};
