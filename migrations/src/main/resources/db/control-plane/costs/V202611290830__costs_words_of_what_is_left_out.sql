-- Words only, no price: people who read an estimate know nothing of the documents that the first book was made from.
insert into costs.left_out (book_version, position, what, why) values
    (1, 2, 'NAT gateways', 'Part of the shared network. No price is known for them, so no total includes them'),
    (1, 3, 'KMS customer keys', 'No price is known for them, so no total includes them'),
    (1, 4, 'CloudTrail', 'No price is known for it, so no total includes it'),
    (1, 5, 'VPC flow logs', 'No price is known for them, so no total includes them')
on conflict (book_version, position) do update set why = excluded.why;
