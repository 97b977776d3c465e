-- Kinds that no tenant can make: only a superuser can. They are seen all the same, copied, and named by an export.
#kind access method
create access method kinds_heap type table handler heap_tableam_handler
#change
drop access method kinds_heap
#kind operator family
create operator family kinds.family using btree
#change
alter operator family kinds.family using btree rename to relatives
#kind operator class
create operator class kinds.class for type integer using btree family kinds.family as
    operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(integer, integer)
#change
drop operator class kinds.class using btree
#kind language
create language kinds_language handler plpgsql_call_handler
#change
drop language kinds_language
#kind transform
create transform for integer language sql (from sql with function prsd_lextype(internal))
#change
drop transform for integer language sql
#kind event trigger
create function kinds.happened() returns event_trigger language plpgsql as 'begin end';
create event trigger kinds_event on sql_drop when tag in ('DROP CONVERSION') execute function kinds.happened();
alter event trigger kinds_event disable
#change
alter event trigger kinds_event enable
#kind foreign data wrapper
create foreign data wrapper kinds_wrapper options (a 'b')
#change
alter foreign data wrapper kinds_wrapper options (set a 'c')
#kind foreign server
create server kinds_server foreign data wrapper kinds_wrapper options (host 'nowhere')
#change
alter server kinds_server options (set host 'elsewhere')
#kind user mapping
create user mapping for public server kinds_server options (password 'x')
#change
drop user mapping for public server kinds_server
#kind foreign table
create foreign table kinds.far (id integer) server kinds_server options (a 'b')
#change
alter foreign table kinds.far options (set a 'c')
#kind text search parser
create text search parser kinds.parser (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end,
    lextypes = prsd_lextype)
#change
drop text search parser kinds.parser
#kind text search template
create text search template kinds.template (init = dsimple_init, lexize = dsimple_lexize)
#change
drop text search template kinds.template
#kind publication of a schema
create publication kinds_schema for tables in schema kinds with (publish = 'insert')
#change
alter publication kinds_schema drop tables in schema kinds
#kind cast without a function
create cast (bytea as kinds.span) with inout
#change
drop cast (bytea as kinds.span)
