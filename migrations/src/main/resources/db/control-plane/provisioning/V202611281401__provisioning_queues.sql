-- A queue for each sort of work, each with threads of its own: looks never wait for operations, and what copies whole
-- databases keeps nobody waiting who signs up. Operations that are queued already stay where they are; looks are put
-- into their own queue by the next worker that starts.
create table provisioning.scheduled_task_long (like provisioning.scheduled_task including all);
comment on table provisioning.scheduled_task_long is 'The same as scheduled_task, for operations that copy whole databases; written by db-scheduler only';
grant select, insert, update, delete on provisioning.scheduled_task_long to ${app};

create table provisioning.scheduled_task_look (like provisioning.scheduled_task including all);
comment on table provisioning.scheduled_task_look is 'The same as scheduled_task, for what is looked at again and again; written by db-scheduler only';
grant select, insert, update, delete on provisioning.scheduled_task_look to ${app};

delete from provisioning.scheduled_task where task_name <> 'operation';
