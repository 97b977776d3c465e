package io.autostack.provisioning.postgres;

/// A kind of object that a script of a database's structure makes, in the order in which those are made that do not
/// need each other. Statements are made from the catalogues; every name in them is written in full.
enum ScriptObject {
    SCHEMA("pg_namespace", "x.nspname !~ '^pg_' and x.nspname <> 'autostack' and x.oid >= 16384", """
            format('create schema if not exists %I;', x.nspname)
            """),

    EXTENSION("pg_extension", "x.oid >= 16384", """
            format('create extension if not exists %I with schema %I;', x.extname, x.extnamespace::regnamespace::text)
            """),

    COLLATION("pg_collation", "x.oid >= 16384", """
            format('create collation %s (%s);', (pg_identify_object(x.tableoid, x.oid, 0)).identity, concat_ws(', ',
                   'provider = ' || case x.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end,
                   'locale = ' || quote_literal(coalesce(to_jsonb(x) ->> 'colllocale',
                                                         to_jsonb(x) ->> 'colliculocale')),
                   'lc_collate = ' || quote_literal(x.collcollate), 'lc_ctype = ' || quote_literal(x.collctype),
                   'rules = ' || quote_literal(to_jsonb(x) ->> 'collicurules'),
                   case when not x.collisdeterministic then 'deterministic = false' end))
            """),

    TYPE("pg_type", """
            x.oid >= 16384 and (x.typtype in ('e', 'd', 'r')
            or x.typtype = 'c' and exists (select from pg_class where oid = x.typrelid and relkind = 'c'))
            """, """
            concat(case x.typtype
            when 'e' then format('create type %s as enum (%s);', x.oid::regtype,
                 (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder)
                    from pg_enum where enumtypid = x.oid))
            when 'd' then format('create domain %s as %s%s%s%s%s;', x.oid::regtype,
                 format_type(x.typbasetype, x.typtypmod),
                 (select ' collate ' || x.typcollation::regcollation
                   where x.typcollation <> (select typcollation from pg_type where oid = x.typbasetype)),
                 ' default ' || x.typdefault,
                 case when x.typnotnull then coalesce((select format(' constraint %I not null', conname)
                      from pg_constraint where contypid = x.oid and contype = 'n'), ' not null') end,
                 (select string_agg(format(' constraint %I %s', conname, pg_get_constraintdef(k.oid)), ''
                                    order by conname)
                    from pg_constraint k where contypid = x.oid and contype = 'c' and convalidated))
            when 'r' then (select format('create type %s as range (%s);', x.oid::regtype, concat_ws(', ',
                        'subtype = ' || format_type(r.rngsubtype, null),
                        (select format('subtype_opclass = %I.%I', opcnamespace::regnamespace::text, opcname)
                           from pg_opclass where oid = r.rngsubopc and not opcdefault),
                        (select 'collation = ' || r.rngcollation::regcollation
                          where r.rngcollation <> (select typcollation from pg_type where oid = r.rngsubtype)),
                        'subtype_diff = ' || nullif(r.rngsubdiff, 0)::regproc,
                        'multirange_type_name = ' || r.rngmultitypid::regtype))
                   from pg_range r where r.rngtypid = x.oid)
            else format('create type %s as (%s);', x.oid::regtype,
                 (select string_agg(concat(quote_ident(attname), ' ', format_type(atttypid, atttypmod),
                         (select ' collate ' || a.attcollation::regcollation where a.attcollation
                             <> (select typcollation from pg_type where oid = a.atttypid))), ', ' order by attnum)
                    from pg_attribute a where attrelid = x.typrelid and attnum > 0 and not attisdropped))
            end, (select string_agg(format(E'\\nalter domain %s add constraint %I %s;', x.oid::regtype, conname,
                           pg_get_constraintdef(k.oid)), '' order by conname)
                      from pg_constraint k where contypid = x.oid and contype = 'c' and not convalidated))
            """),

    SEQUENCE("pg_class", "x.oid >= 16384 and x.relkind = 'S'", """
            (select format('create %ssequence %s as %s start with %s increment by %s minvalue %s maxvalue %s cache %s'
                    '%s;', case when x.relpersistence = 'u' then 'unlogged ' end, x.oid::regclass,
                    format_type(seqtypid, null), seqstart, seqincrement, seqmin, seqmax, seqcache, case when seqcycle then ' cycle' end)
               from pg_sequence where seqrelid = x.oid)
            """),

    ROUTINE("pg_proc", "x.oid >= 16384 and x.prokind in ('f', 'p', 'w')", """
            pg_get_functiondef(x.oid) || ';'
            """),

    AGGREGATE("pg_proc", "x.oid >= 16384 and x.prokind = 'a'", """
            (select format('create aggregate %I.%I(%s) (%s);', x.pronamespace::regnamespace::text, x.proname,
                    coalesce(nullif(pg_get_function_arguments(x.oid), ''), '*'), concat_ws(', ',
                    'sfunc = ' || a.aggtransfn::regproc, 'stype = ' || format_type(a.aggtranstype, null),
                    'sspace = ' || nullif(a.aggtransspace, 0), 'finalfunc = ' || nullif(a.aggfinalfn, 0)::regproc,
                    case when a.aggfinalextra then 'finalfunc_extra' end,
                    case when a.aggfinalfn <> 0 then 'finalfunc_modify = '
                         || case a.aggfinalmodify when 'r' then 'read_only' when 's' then 'shareable'
                                 else 'read_write' end end,
                    'combinefunc = ' || nullif(a.aggcombinefn, 0)::regproc,
                    'serialfunc = ' || nullif(a.aggserialfn, 0)::regproc,
                    'deserialfunc = ' || nullif(a.aggdeserialfn, 0)::regproc,
                    'initcond = ' || quote_literal(a.agginitval), 'msfunc = ' || nullif(a.aggmtransfn, 0)::regproc,
                    'minvfunc = ' || nullif(a.aggminvtransfn, 0)::regproc,
                    'mstype = ' || format_type(nullif(a.aggmtranstype, 0), null),
                    'msspace = ' || nullif(a.aggmtransspace, 0), 'mfinalfunc = ' || nullif(a.aggmfinalfn, 0)::regproc,
                    case when a.aggmfinalextra then 'mfinalfunc_extra' end,
                    'minitcond = ' || quote_literal(a.aggminitval),
                    (select format('sortop = operator(%I.%s)', oprnamespace::regnamespace::text, oprname)
                       from pg_operator where oid = a.aggsortop),
                    'parallel = ' || case x.proparallel when 's' then 'safe' when 'r' then 'restricted'
                                          else 'unsafe' end,
                    case when a.aggkind = 'h' then 'hypothetical' end))
               from pg_aggregate a where a.aggfnoid = x.oid)
            """),

    OPERATOR("pg_operator", "x.oid >= 16384 and x.oprcode <> 0", """
            format('create operator %I.%s (%s);', x.oprnamespace::regnamespace::text, x.oprname, concat_ws(', ',
                   'function = ' || x.oprcode::regproc, 'leftarg = ' || format_type(nullif(x.oprleft, 0), null),
                   'rightarg = ' || format_type(nullif(x.oprright, 0), null),
                   (select format('commutator = operator(%I.%s)', oprnamespace::regnamespace::text, oprname)
                      from pg_operator where oid = x.oprcom),
                   (select format('negator = operator(%I.%s)', oprnamespace::regnamespace::text, oprname)
                      from pg_operator where oid = x.oprnegate),
                   'restrict = ' || nullif(x.oprrest, 0)::regproc, 'join = ' || nullif(x.oprjoin, 0)::regproc,
                   case when x.oprcanhash then 'hashes' end, case when x.oprcanmerge then 'merges' end))
            """),

    CAST("pg_cast", "x.oid >= 16384", """
            format('create cast (%s as %s) %s%s;', format_type(x.castsource, null), format_type(x.casttarget, null),
                   case x.castmethod when 'f' then 'with function ' || x.castfunc::regprocedure
                        when 'i' then 'with inout' else 'without function' end,
                   case x.castcontext when 'a' then ' as assignment' when 'i' then ' as implicit' end)
            """),

    CONVERSION("pg_conversion", "x.oid >= 16384", """
            format('create %sconversion %I.%I for %L to %L from %s;', case when x.condefault then 'default ' end,
                   x.connamespace::regnamespace::text, x.conname, pg_encoding_to_char(x.conforencoding),
                   pg_encoding_to_char(x.contoencoding), x.conproc::regproc)
            """),

    DICTIONARY("pg_ts_dict", "x.oid >= 16384", """
            format('create text search dictionary %s (%s);', x.oid::regdictionary, concat_ws(', ',
                   (select format('template = %I.%I', tmplnamespace::regnamespace::text, tmplname)
                      from pg_ts_template where oid = x.dicttemplate), x.dictinitoption))
            """),

    CONFIGURATION("pg_ts_config", "x.oid >= 16384", """
            concat((select format('create text search configuration %s (parser = %I.%I);', x.oid::regconfig,
                    prsnamespace::regnamespace::text, prsname) from pg_ts_parser where oid = x.cfgparser),
            (select string_agg(format(E'\\nalter text search configuration %s add mapping for %I with %s;',
                       x.oid::regconfig, alias, dictionaries), '' order by alias)
                  from (select t.alias,
                               string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno) dictionaries
                          from pg_ts_config_map m join ts_token_type(x.cfgparser) t on t.tokid = m.maptokentype
                         where m.mapcfg = x.oid group by t.alias) mapped))
            """),

    TABLE("pg_class", "x.oid >= 16384 and x.relkind in ('r', 'p')", """
            concat(format(E'create %stable %s (\\n%s\\n)%s%s;', case when x.relpersistence = 'u' then 'unlogged ' end,
                   x.oid::regclass,
                   (select string_agg(format('    %I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                           (select ' collate ' || a.attcollation::regcollation
                             where a.attcollation <> (select typcollation from pg_type where oid = a.atttypid)),
                           case when a.attgenerated <> '' then format(' generated always as (%s) %s',
                                (select pg_get_expr(adbin, adrelid) from pg_attrdef
                                  where adrelid = x.oid and adnum = a.attnum),
                                case a.attgenerated when 's' then 'stored' else 'virtual' end)
                                when a.attidentity <> '' then
                                (select format(' generated %s as identity (sequence name %s start with %s'
                                        ' increment by %s minvalue %s maxvalue %s cache %s%s)',
                                        case a.attidentity when 'a' then 'always' else 'by default' end,
                                        seqrelid::regclass, seqstart, seqincrement, seqmin, seqmax, seqcache,
                                        case when seqcycle then ' cycle' end)
                                   from pg_depend d join pg_sequence s on s.seqrelid = d.objid
                                  where d.refclassid = 'pg_class'::regclass and d.refobjid = x.oid
                                    and d.refobjsubid = a.attnum and d.deptype = 'i'
                                    and d.classid = 'pg_class'::regclass) end,
                           case when a.attnotnull and not exists (select from pg_constraint k where k.conrelid = x.oid
                                     and k.contype = 'n' and k.conkey = array[a.attnum] and not k.convalidated)
                                then concat((select format(' constraint %I', k.conname)
                                from pg_constraint k where k.conrelid = x.oid and k.contype = 'n'
                                 and k.conkey = array[a.attnum]), ' not null',
                                (select ' no inherit' from pg_constraint k where k.conrelid = x.oid and k.contype = 'n'
                                 and k.conkey = array[a.attnum] and k.connoinherit)) end), E',\\n' order by a.attnum)
                      from pg_attribute a where a.attrelid = x.oid and a.attnum > 0 and not a.attisdropped),
                   ' partition by ' || pg_get_partkeydef(x.oid),
                   ' with (' || array_to_string(x.reloptions, ', ') || ')'),
            case when x.reloftype <> 0 then
                 format(E'\\nalter table only %s of %s;', x.oid::regclass, x.reloftype::regtype) end,
            (select string_agg(concat(
                       case when a.attstorage <> t.typstorage
                            then format(E'\\nalter table only %s alter column %I set storage %s;', x.oid::regclass,
                                 a.attname, case a.attstorage when 'p' then 'plain' when 'e' then 'external'
                                      when 'm' then 'main' else 'extended' end) end,
                       case when a.attcompression <> '' then
                            format(E'\\nalter table only %s alter column %I set compression %s;', x.oid::regclass,
                                 a.attname, case a.attcompression when 'p' then 'pglz' else 'lz4' end) end,
                       case when a.attstattarget >= 0 then
                            format(E'\\nalter table only %s alter column %I set statistics %s;', x.oid::regclass,
                                 a.attname, a.attstattarget) end,
                       case when a.attoptions <> '{}' then
                            format(E'\\nalter table only %s alter column %I set (%s);', x.oid::regclass, a.attname,
                                 array_to_string(a.attoptions, ', ')) end), '' order by a.attnum)
                  from pg_attribute a join pg_type t on t.oid = a.atttypid
                 where a.attrelid = x.oid and a.attnum > 0 and not a.attisdropped))
            """),

    DEFAULT("pg_attrdef", """
            x.oid >= 16384 and exists (select from pg_attribute a
            where a.attrelid = x.adrelid and a.attnum = x.adnum and a.attgenerated = '')
            """, """
            (select format('alter table only %s alter column %I set default %s;', x.adrelid::regclass, a.attname,
                    pg_get_expr(x.adbin, x.adrelid))
               from pg_attribute a where a.attrelid = x.adrelid and a.attnum = x.adnum)
            """),

    VIEW("pg_class", "x.oid >= 16384 and x.relkind = 'v'", """
            concat('create view ', x.oid::regclass, ' with (' || array_to_string(x.reloptions, ', ') || ')', ' as ',
                   pg_get_viewdef(x.oid))
            """),

    MATERIALIZED_VIEW("pg_class", "x.oid >= 16384 and x.relkind = 'm'", """
            concat('create materialized view ', x.oid::regclass,
                   ' with (' || array_to_string(x.reloptions, ', ') || ')', ' as ', rtrim(pg_get_viewdef(x.oid), ';'),
                   ' with no data;')
            """),

    /// Those of partitions belong to that of the whole at once; it is complete when all of them do.
    CONSTRAINT("pg_constraint", """
            x.oid >= 16384 and exists (select from pg_class where oid = x.conrelid and relkind in ('r', 'p'))
            and (x.contype in ('p', 'u', 'x') or x.contype = 'c' and x.coninhcount = 0
                 or x.contype = 'n' and not x.convalidated and x.coninhcount = 0)
            """, """
            concat(format('alter table %s%s add constraint %I %s;',
                          case when x.contype in ('p', 'u', 'x') then 'only ' end, x.conrelid::regclass, x.conname,
                          pg_get_constraintdef(x.oid)),
                   (select format(E'\\nalter index %s attach partition %s;', inhparent::regclass, inhrelid::regclass)
                      from pg_inherits where inhrelid = x.conindid and x.contype in ('p', 'u', 'x')))
            """, true),

    INDEX("pg_class", """
            x.oid >= 16384 and x.relkind in ('i', 'I')
            and exists (select from pg_index i join pg_class c on c.oid = i.indrelid
                         where i.indexrelid = x.oid and c.relkind in ('r', 'p', 'm'))
            and not exists (select from pg_constraint where conindid = x.oid and contype in ('p', 'u', 'x'))
            """, """
            concat(pg_get_indexdef(x.oid), ';',
                   (select string_agg(format(E'\\nalter index %s alter column %s set statistics %s;', x.oid::regclass,
                       attnum, attstattarget), '' order by attnum)
                  from pg_attribute where attrelid = x.oid and attnum > 0 and attstattarget >= 0),
                   (select format(E'\\nalter index %s attach partition %s;', inhparent::regclass, inhrelid::regclass)
                      from pg_inherits where inhrelid = x.oid))
            """, true),

    /// After every key that one may refer to.
    REFERENCE("pg_constraint", """
            x.oid >= 16384 and x.contype = 'f' and x.conparentid = 0
            and exists (select from pg_class where oid = x.conrelid and relkind in ('r', 'p'))
            """, """
            format('alter table %s add constraint %I %s;', x.conrelid::regclass, x.conname, pg_get_constraintdef(x.oid))
            """, true),

    STATISTICS("pg_statistic_ext", "x.oid >= 16384", """
            concat(pg_get_statisticsobjdef(x.oid), ';', case when x.stxstattarget >= 0 then format(
                   E'\\nalter statistics %I.%I set statistics %s;', x.stxnamespace::regnamespace::text, x.stxname,
                   x.stxstattarget) end)
            """, true),

    RULE("pg_rewrite", "x.oid >= 16384 and x.rulename <> '_RETURN'", """
            concat(pg_get_ruledef(x.oid), case when x.ev_enabled <> 'O' then format(E'\\nalter table %s %s rule %I;',
                   x.ev_class::regclass, case x.ev_enabled when 'D' then 'disable' when 'A' then 'enable always'
                        else 'enable replica' end, x.rulename) end)
            """, true),

    TRIGGER("pg_trigger", "x.oid >= 16384 and not x.tgisinternal and x.tgparentid = 0", """
            concat(pg_get_triggerdef(x.oid), ';', case when x.tgenabled <> 'O' then format(
                   E'\\nalter table %s %s trigger %I;', x.tgrelid::regclass, case x.tgenabled when 'D' then 'disable'
                        when 'A' then 'enable always' else 'enable replica' end, x.tgname) end)
            """, true),

    /// For the owner, everybody and nobody else: no other role is known where the script runs.
    POLICY("pg_policy", """
            x.oid >= 16384 and exists (select from unnest(x.polroles) r (role), pg_class c
            where c.oid = x.polrelid and r.role in (0, c.relowner))
            """, """
            (select format('create policy %I on %s as %s for %s to %s%s%s;', x.polname, x.polrelid::regclass,
                    case when x.polpermissive then 'permissive' else 'restrictive' end,
                    case x.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                         when 'd' then 'delete' else 'all' end,
                    (select string_agg(case r.role when 0 then 'public' else 'current_user' end, ', ')
                       from unnest(x.polroles) r (role) where r.role in (0, c.relowner)),
                    ' using (' || pg_get_expr(x.polqual, x.polrelid) || ')',
                    ' with check (' || pg_get_expr(x.polwithcheck, x.polrelid) || ')')
               from pg_class c where c.oid = x.polrelid)
            """, true),

    PUBLICATION("pg_publication", "x.oid >= 16384 and not x.puballtables", """
            format('create publication %I%s with (%s);', x.pubname,
                   (select ' for table ' || string_agg(concat('only ', r.prrelid::regclass,
                           (select ' (' || string_agg(quote_ident(a.attname), ', ' order by a.attnum) || ')'
                              from pg_attribute a where a.attrelid = r.prrelid and a.attnum = any (r.prattrs)),
                           ' where (' || pg_get_expr(r.prqual, r.prrelid) || ')'), ', '
                           order by r.prrelid::regclass::text)
                      from pg_publication_rel r where r.prpubid = x.oid),
                   format('publish = %L, publish_via_partition_root = %s', concat_ws(', ',
                          case when x.pubinsert then 'insert' end, case when x.pubupdate then 'update' end,
                          case when x.pubdelete then 'delete' end, case when x.pubtruncate then 'truncate' end),
                          x.pubviaroot::text))
            """, true);

    private final String catalogue;
    private final String which;
    private final String statement;
    private final boolean afterTheRows;

    ScriptObject(String catalogue, String which, String statement) {
        this(catalogue, which, statement, false);
    }

    ScriptObject(String catalogue, String which, String statement, boolean afterTheRows) {
        this.catalogue = catalogue;
        this.which = which;
        this.statement = statement;
        this.afterTheRows = afterTheRows;
    }

    String catalogue() {
        return catalogue;
    }

    /// With them, rows could not be loaded in any order.
    boolean afterTheRows() {
        return afterTheRows;
    }

    /// Those that there are, as `class`, `oid` and `name`.
    String there() {
        return "select " + ordinal() + " as kind, x.tableoid as class, x.oid,"
                + " (pg_identify_object(x.tableoid, x.oid, 0)).identity as name from pg_catalog." + catalogue
                + " x where (" + which + ")";
    }

    /// Statements for an array of oids, in that order.
    String statements() {
        return "select " + statement + " from unnest(?::oid[]) with ordinality o (oid, at) join pg_catalog." + catalogue
                + " x on x.oid = o.oid order by o.at";
    }
}
