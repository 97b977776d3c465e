-- What an operation is asked for stands by itself, as one record for each kind; facts are what its steps learn.
-- Until now the facts held both, as texts. Those of operations that are there stay as they are, so that a replica of
-- the release before goes on with them; what such a replica enqueues while it is still running is converted as well.
-- Row-level security holds for the owner of a table too: without the scope no row would be seen here.
set local autostack.scope = 'platform';

alter table provisioning.operation add column request jsonb;
comment on column provisioning.operation.request is 'What was asked for: the record of the kind; never a secret';
comment on column provisioning.operation.facts is 'What the steps have learned; before requests stood by themselves, what was asked for too';

-- Databases of apps had names made from slugs before deployments said how theirs begin.
create function provisioning.earlier_app(slug text, app text, stack text, databases text) returns jsonb
language sql immutable as $$
    select jsonb_build_object('name', app, 'stack', stack::jsonb, 'databases', coalesce(
        (select jsonb_object_agg(d.component ->> 'name', case
                    when databases is null then
                        'tenant_' || replace(slug, '-', '_') || '__' || replace(app, '-', '_')
                        || case d.component ->> 'name' when 'database' then ''
                           else '__' || replace(d.component ->> 'name', '-', '_') end
                    when d.number = 1 then databases
                    else databases || '_' || d.number end)
           from jsonb_array_elements(stack::jsonb -> 'databases') with ordinality as d (component, number)),
        '{}'))
$$;
comment on function provisioning.earlier_app(text, text, text, text) is 'An app as requests have it, from facts of the release before';

-- What is missing from facts is missing from the request, and then the operation says so. What had not been there from
-- the beginning has the value that it stood for: names made from slugs, the shared server, production, no domains.
create function provisioning.earlier_request(of_kind text, of_key text, asked jsonb) returns jsonb
language plpgsql stable as $$
declare
    change  text  := split_part(of_key, ':', 2);
    slug    text  := asked ->> 'slug';
    subject jsonb := jsonb_build_object(
        'tenant', asked ->> 'tenant',
        'slug', slug,
        'database', coalesce(
            asked ->> 'database.name',
            regexp_replace(asked ->> 'databases', '__a[0-9a-f]+$', ''),
            'tenant_' || replace(slug, '-', '_')),
        'secret', coalesce(asked ->> 'database.secret', 'tenants/' || slug || '/database'),
        'placement', upper(coalesce(asked ->> 'database.placement', 'shared')),
        'requestedBy', asked ->> 'requestedBy');
    sizing  jsonb := jsonb_build_object(
        'connections', (asked ->> 'connections')::integer,
        'statementTimeout', 'PT' || (asked ->> 'statementTimeout') || 'S');
    closing jsonb;
    copy    jsonb;
begin
    if of_kind in ('close-tenant', 'reopen-tenant') then
        closing := jsonb_build_object(
            'subject', subject,
            'closing', asked ->> 'closing',
            'host', asked ->> 'host',
            'domains', to_jsonb(coalesce(string_to_array(asked ->> 'domains', ','), '{}')),
            'sizing', sizing,
            'suspended', (asked ->> 'suspended')::boolean,
            'apps', (
                select coalesce(jsonb_agg(provisioning.earlier_app(
                           slug, asked ->> ('app.' || n), asked ->> ('app.' || n || '.stack'),
                           asked ->> ('app.' || n || '.databases')) order by n), '[]')
                  from generate_series(0, (asked ->> 'apps')::integer - 1) as n));
    end if;
    copy := jsonb_build_object(
        'tenant', asked ->> 'tenant',
        'name', coalesce(asked ->> 'copy.database', asked ->> 'to.database', asked ->> 'old.database'),
        'secret', coalesce(asked ->> 'copy.secret', asked ->> 'to.secret', asked ->> 'old.secret'),
        'baseline', true,
        'placement', upper(coalesce(
            asked ->> 'to.placement', asked ->> 'old.placement', asked ->> 'database.placement', 'shared')));
    return case of_kind
        when 'open-tenant' then jsonb_build_object(
            'subject', subject,
            'host', asked ->> 'host',
            'production', coalesce((asked ->> 'production')::boolean, true),
            'sizing', sizing)
        when 'suspend-tenant' then jsonb_build_object('subject', subject, 'change', change)
        when 'resume-tenant' then jsonb_build_object('subject', subject, 'change', change)
        when 'rotate-credentials' then jsonb_build_object('subject', subject, 'change', change)
        when 'change-plan' then jsonb_build_object(
            'subject', subject,
            'change', change,
            'from', jsonb_build_object(
                'plan', asked ->> 'from.plan',
                'version', (asked ->> 'from.version')::integer,
                'sizing', jsonb_build_object(
                    'connections', (asked ->> 'from.connections')::integer,
                    'statementTimeout', 'PT' || (asked ->> 'from.statementTimeout') || 'S')),
            'to', jsonb_build_object(
                'plan', asked ->> 'to.plan',
                'version', (asked ->> 'to.version')::integer,
                'sizing', jsonb_build_object(
                    'connections', (asked ->> 'to.connections')::integer,
                    'statementTimeout', 'PT' || (asked ->> 'to.statementTimeout') || 'S')))
        when 'close-tenant' then closing
        when 'reopen-tenant' then jsonb_build_object(
            'subject', subject, 'change', change, 'closed', closing, 'sizing', sizing)
        when 'delete-tenant' then jsonb_build_object('subject', subject, 'closing', asked ->> 'closing')
        when 'migrate-schema' then jsonb_build_object(
            'subject', subject, 'change', change, 'rollout', asked ->> 'rollout', 'target', asked ->> 'target')
        when 'repair-tenant' then jsonb_build_object(
            'subject', subject,
            'change', change,
            'parts', to_jsonb(string_to_array(upper(replace(asked ->> 'parts', 'door', 'allow_connections')), ',')),
            'target', jsonb_build_object(
                'sizing', sizing,
                'open', (asked ->> 'open')::boolean,
                'hosts', to_jsonb(string_to_array(asked ->> 'hosts', ','))))
        when 'add-domain' then jsonb_build_object(
            'subject', subject,
            'change', change,
            'domain', asked ->> 'domain',
            'record', asked ->> 'record.name',
            'value', asked ->> 'record.value')
        when 'remove-domain' then jsonb_build_object(
            'subject', subject,
            'change', change,
            'domain', asked ->> 'domain',
            'verified', (asked ->> 'verified')::boolean)
        when 'back-up-tenant' then jsonb_build_object(
            'subject', subject, 'backup', asked ->> 'backup', 'snapshot', asked ->> 'snapshot')
        when 'remove-backup' then jsonb_build_object(
            'subject', subject,
            'change', change,
            'backup', asked ->> 'backup',
            'snapshot', asked ->> 'snapshot')
        when 'retire-database' then jsonb_build_object(
            'subject', subject, 'backup', asked ->> 'backup', 'snapshot', asked ->> 'snapshot')
        when 'restore-tenant' then jsonb_build_object(
            'subject', subject,
            'change', change,
            'backup', asked ->> 'backup',
            'snapshot', asked ->> 'snapshot',
            'copy', copy,
            'sizing', sizing,
            'closed', coalesce((asked ->> 'closed')::boolean, false))
        when 'restore-drill' then jsonb_build_object(
            'subject', subject,
            'drill', asked ->> 'drill',
            'backup', asked ->> 'backup',
            'snapshot', asked ->> 'snapshot',
            'copy', copy)
        when 'decommission-database' then jsonb_build_object(
            'subject', subject,
            'change', change,
            'move', asked ->> 'move',
            'snapshot', asked ->> 'snapshot')
        when 'deploy-stack' then jsonb_build_object(
            'subject', subject,
            'deployment', asked ->> 'deployment',
            'app', provisioning.earlier_app(slug, asked ->> 'app', asked ->> 'stack', asked ->> 'databases'))
        when 'move-to-production' then jsonb_build_object(
            'subject', subject,
            'move', asked ->> 'move',
            'snapshot', asked ->> 'snapshot',
            'to', copy,
            'sizing', sizing)
        when 'roll-back-move' then jsonb_build_object(
            'subject', subject,
            'rollback', change,
            'move', asked ->> 'move',
            'snapshot', asked ->> 'snapshot',
            'old', copy,
            'sizing', sizing)
        when 'release' then jsonb_build_object(
            'operation', asked ->> 'released',
            'kind', asked ->> 'released.kind',
            'title', asked ->> 'released.title',
            'request', provisioning.earlier_request(
                asked ->> 'released.kind',
                (select o.request_key from provisioning.operation o where o.id = (asked ->> 'released')::uuid),
                asked))
        else asked end;
end
$$;
comment on function provisioning.earlier_request(text, text, jsonb) is 'The request of an operation, from the facts of the release before';

update provisioning.operation set request = provisioning.earlier_request(kind, request_key, facts);
alter table provisioning.operation alter column request set not null;

create function provisioning.convert_earlier_request() returns trigger
language plpgsql as $$
begin
    new.request := provisioning.earlier_request(new.kind, new.request_key, new.facts);
    return new;
end
$$;
comment on function provisioning.convert_earlier_request() is 'Lets a replica of the release before enqueue';

create trigger convert_earlier_request before insert on provisioning.operation
    for each row when (new.request is null) execute function provisioning.convert_earlier_request();
