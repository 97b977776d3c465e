package io.autostack.attacks;

import java.util.List;

/// A way for a tenant to have its own code run when somebody else works in its database. Each statement is
/// tried as the tenant; what PostgreSQL refuses is a road that does not exist, and stands here so that it stays
/// so.
enum Road {
    POLICY_ON_THE_SCHEMA_HISTORY(
            "alter table autostack.flyway_schema_history enable row level security",
            "alter table autostack.flyway_schema_history force row level security",
            "create policy hidden on autostack.flyway_schema_history using (app.sprung('policy on history'))"),
    SHADOWED_HISTORY(
            "alter schema autostack rename to autostack_before",
            "create table autostack.migration_attempt (version text, xid xid8)"),
    POLICY(
            "create table app.guarded (id int primary key, customer int not null)",
            "insert into app.guarded values (1, 7), (2, 8)",
            "alter table app.guarded enable row level security",
            "create policy own on app.guarded using (app.sprung('policy'))"),
    TRIGGERS(
            "create function app.reset() returns trigger language plpgsql as 'begin perform set_config(''role'', ''none'', false);"
                    + " perform app.sprung(''trigger''); return new; end'",
            "create trigger every_row before insert or update on app.guestbook_entry for each row execute function app.reset()",
            "create trigger every_statement after insert or update or delete or truncate on app.guestbook_entry"
                    + " for each statement execute function app.reset()",
            "alter table app.guestbook_entry enable always trigger every_row"),
    DEFERRED_TRIGGER("create constraint trigger at_the_end after insert or update on app.guestbook_entry"
            + " deferrable initially deferred for each row execute function app.reset()"),
    DEFAULT("create table app.dated (id int default 1, said boolean default app.sprung('default'))"),
    CHECK("create table app.checked (id int check (app.sprung('check')))", "insert into app.checked values (1)"),
    DOMAIN(
            "create domain app.checked_text as text check (app.sprung('domain'))",
            "create table app.with_domain (t app.checked_text)",
            "insert into app.with_domain values ('x')"),
    GENERATED_COLUMN(
            "create function app.steady(int) returns int immutable language plpgsql as"
                    + " 'begin perform app.sprung(''generated column''); return $1; end'",
            "create table app.computed (id int, twice int generated always as (app.steady(id)) stored)",
            "insert into app.computed values (1)"),
    VIRTUAL_COLUMN("create table app.lazily (id int, twice int generated always as (app.steady(id)) virtual)"),
    INDEX_EXPRESSION("create index steadily on app.computed (app.steady(id))"),
    PARTIAL_INDEX("create index partly on app.computed (id) where app.steady(id) = 1"),
    PARTITION_KEY(
            "create table app.parted (id int) partition by range (app.steady(id))",
            "create table app.parted_all partition of app.parted default",
            "insert into app.parted values (1)"),
    RANGE_TYPE(
            "create function app.distance(int, int) returns float8 immutable language plpgsql as"
                    + " 'begin perform app.sprung(''range''); return $1 - $2; end'",
            "create type app.span as range (subtype = int4, subtype_diff = app.distance)",
            "create table app.spanned (s app.span)",
            "create index spans on app.spanned using gist (s)",
            "insert into app.spanned values ('[1,2)'), ('[5,9)')"),
    STATISTICS("create statistics app.counted on (app.steady(id)), id from app.computed", "analyze app.computed"),
    VIEWS(
            "create view app.seen as select app.sprung('view')",
            "create materialized view app.kept as select app.sprung('materialized view')"),
    RULE("create rule also as on insert to app.computed do also select app.sprung('rule')"),
    CAST_TO_TEXT(
            "create table app.told (id int)",
            "insert into app.told values (1)",
            "create function app.tell(app.told) returns text language plpgsql as"
                    + " 'begin perform app.sprung(''cast''); return ''told''; end'",
            "create cast (app.told as text) with function app.tell(app.told) as implicit"),
    OPERATORS(
            "create function public.same(name, name) returns boolean language plpgsql as"
                    + " 'begin return app.sprung(''operator''); end'",
            "create operator public.= (leftarg = name, rightarg = name, function = public.same)",
            "create operator app.= (leftarg = name, rightarg = name, function = public.same)"),
    SHADOWED_FUNCTIONS(
            "create function public.current_setting(text) returns text language plpgsql as"
                    + " 'begin perform app.sprung(''current_setting''); return repeat(''A'', 400000000); end'",
            "create function public.format(text, variadic text[]) returns text language plpgsql as"
                    + " 'begin perform app.sprung(''format''); return $1; end'",
            "create function public.has_table_privilege(oid, text) returns boolean language plpgsql as"
                    + " 'begin return app.sprung(''has_table_privilege''); end'",
            "create function public.pg_get_userbyid(oid) returns name language plpgsql as"
                    + " 'begin perform app.sprung(''pg_get_userbyid''); return ''x''; end'",
            "create table public.pg_class (oid oid, relname name)",
            "create table public.pg_namespace (oid oid, nspname name)"),
    SEARCH_PATH_OF_THE_DATABASE("alter database :database set search_path = public, app, pg_catalog"),
    ROLE_OF_THE_DATABASE("alter database :database set role = :database"),
    SETTINGS_OF_THE_DATABASE(
            "alter database :database set default_transaction_read_only = on",
            "alter database :database set standard_conforming_strings = off"),
    EVENT_TRIGGER(
            "create function app.event() returns event_trigger language plpgsql as 'begin perform app.sprung(''event''); end'",
            "create event trigger whatever on ddl_command_start execute function app.event()",
            "create event trigger entered on login execute function app.event()"),
    SECURITY_DEFINER(
            "create function app.definer() returns boolean security definer language sql as $$ select app.sprung('definer') $$",
            "create table app.defined (id int)",
            "insert into app.defined values (1)",
            "alter table app.defined enable row level security",
            "create policy defined on app.defined using (app.definer())"),
    PUBLICATION("create publication everything for table app.guarded where (app.sprung('publication'))"),
    FOREIGN_TABLE("create extension postgres_fdw", "create server far foreign data wrapper postgres_fdw"),
    OPERATOR_CLASS(
            "create operator class app.odd default for type app.told using btree as operator 1 =, function 1 app.tell(app.told)"),
    INHERITED_TABLE("create table app.child () inherits (app.guestbook_entry)"),
    LARGE_OBJECT("select lo_create(4711)"),
    TRUSTED_EXTENSIONS(
            "create extension citext schema app",
            "create table app.folded (t app.citext primary key)",
            "insert into app.folded values ('A')",
            "create extension tcn schema app",
            "create trigger told after insert on app.folded for each row execute function"
                    + " app.triggered_change_notification()"),
    EXTENSION_THAT_CONNECTS("create extension dblink"),
    EXTENSION_THAT_READS_FILES("create extension file_fdw"),
    LANGUAGE_WITHOUT_A_CAGE("create extension plpython3u"),
    FUNCTION_OF_THE_SERVER("create function app.base_in(cstring) returns int language internal as 'int4in'"),
    LIBRARY("create function app.library() returns int language c as '/tmp/library.so', 'library'"),
    PLACE_OF_THE_CATALOGUES("create function pg_catalog.sprung() returns int language sql as 'select 1'"),
    PROGRAM("copy (select 1) to program 'true'"),
    FILE_OF_THE_SERVER("select pg_read_file('postgresql.conf')"),
    SETTINGS_OF_THE_SERVER("alter system set session_preload_libraries = 'library'"),
    LIBRARY_AT_SIGN_IN("alter role current_user set session_preload_libraries = 'library'"),
    SUBSCRIPTION("create subscription far connection 'host=127.0.0.1' publication far with (connect = false)"),
    REPLICATION("select pg_create_logical_replication_slot('road', 'pgoutput')"),
    DEFAULT_PRIVILEGES(
            "alter default privileges grant all on tables to public",
            "alter default privileges for role autostack_provisioner grant all on schemas to public"),
    OWNERSHIP(
            "alter table app.guestbook_entry owner to autostack_provisioner",
            "grant :database to autostack_provisioner"),
    MEMBERSHIP("grant autostack_provisioner to :database", "set role autostack_provisioner"),

    /// The last one, because the tenant's own next sessions begin with it.
    SETTINGS_OF_THE_ROLE(
            "alter role current_user set search_path = public, app, pg_catalog",
            "alter role current_user set row_security = on",
            "alter role current_user set standard_conforming_strings = off",
            "alter role current_user set createrole_self_grant = 'set, inherit'",
            "alter role current_user set lock_timeout = '1ms'",
            "alter role current_user set transaction_timeout = '1ms'",
            "alter role current_user set role = autostack_provisioner",
            "alter role current_user set default_transaction_read_only = on");

    private final List<String> statements;

    Road(String... statements) {
        this.statements = List.of(statements);
    }

    /// @param database whose owner's role has the same name
    List<String> statements(String database) {
        return statements.stream()
                .map(statement -> statement.replace(":database", '"' + database + '"'))
                .toList();
    }
}
