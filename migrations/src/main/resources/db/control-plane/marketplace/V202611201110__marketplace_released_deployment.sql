-- A deployment that failed can be released: everything it built is undone, and its app no longer counts.
alter table marketplace.deployment drop constraint deployment_status_check;
alter table marketplace.deployment add check (status in ('deploying', 'running', 'failed', 'released'));
