-- Plans that nobody approved are removed some time after they have expired.
create index deployment_plan_expires on marketplace.deployment_plan (expires_at);
