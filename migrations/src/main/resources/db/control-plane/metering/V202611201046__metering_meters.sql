-- The first meters. Plans limit apps and users; everything else is measured and included.
insert into metering.meter (name, position, title, description, unit, singular, plural, aggregation) values
    ('apps', 1, 'Apps', 'Apps that are not removed, counted now', 'Apps', 'app', 'apps', 'gauge'),
    ('users', 2, 'Users', 'People with a role at the tenant, counted now', 'Users', 'user', 'users', 'gauge'),
    ('api-requests', 3, 'API requests', 'Requests that the tenant''s application answered', 'Requests', 'API request', 'API requests', 'sum'),
    ('storage-gb-hours', 4, 'Storage', 'Gigabytes kept, times the hours they were kept', 'GB-Hours', 'GB-hour', 'GB-hours', 'sum'),
    ('egress-gb', 5, 'Outbound traffic', 'Gigabytes sent to the internet', 'GB', 'GB of outbound traffic', 'GB of outbound traffic', 'sum'),
    ('build-minutes', 6, 'Build minutes', 'Minutes that builds ran', 'Minutes', 'build minute', 'build minutes', 'sum'),
    ('deployments', 7, 'Deployments', 'Deployments that were carried out', 'Deployments', 'deployment', 'deployments', 'sum');
