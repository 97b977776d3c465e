-- The same question as before, asked so that the planner does not take nearly every row for a hidden one: of "a or b" it
-- believed that 1 of 200 rows is seen, and sorted whole tables instead of reading the first rows of an index. Of a case
-- it believes that half of them are.
create or replace function shared.sees(tenant uuid) returns boolean
    language sql stable parallel safe
    return case when current_setting('autostack.scope', true) = 'platform' then true
                else tenant = nullif(current_setting('autostack.tenant', true), '')::uuid end;
