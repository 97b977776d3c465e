-- The four plans as the specification prices them (source 000, Production Deployment Costs), from 1 January 2026.
insert into plans.plan_version (plan, version, name, rank, price, currency, features, source, valid_from) values
    ('starter', 1, 'Starter', 1, 99.00, 'USD', '1 app, 100 users', '000 Production Deployment Costs', '2026-01-01T00:00:00Z'),
    ('professional', 1, 'Professional', 2, 299.00, 'USD', '5 apps, 1000 users', '000 Production Deployment Costs', '2026-01-01T00:00:00Z'),
    ('business', 1, 'Business', 3, 799.00, 'USD', '20 apps, 5000 users', '000 Production Deployment Costs', '2026-01-01T00:00:00Z'),
    ('enterprise', 1, 'Enterprise', 4, 1999.00, 'USD', 'Unlimited, custom', '000 Production Deployment Costs', '2026-01-01T00:00:00Z');

insert into plans.plan_limit (plan, version, meter, kind, most) values
    ('starter', 1, 'apps', 'hard', 1),
    ('starter', 1, 'users', 'hard', 100),
    ('professional', 1, 'apps', 'hard', 5),
    ('professional', 1, 'users', 'hard', 1000),
    ('business', 1, 'apps', 'hard', 20),
    ('business', 1, 'users', 'hard', 5000),
    ('enterprise', 1, 'apps', 'unlimited', null),
    ('enterprise', 1, 'users', 'custom', null);
