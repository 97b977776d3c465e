-- What was begun and never answered is counted, so that an operation which takes its process down with it is set aside
-- instead of being taken up for ever; and so are failures of taking note of its end.
alter table provisioning.operation add column unanswered integer not null default 0;
alter table provisioning.operation add column unsettled integer not null default 0;
comment on column provisioning.operation.unanswered is 'How often in a row a step, or its end, was begun with no answer written down: its process died, or lost the database';
comment on column provisioning.operation.unsettled is 'How often in a row its owner could not take note of its end';
