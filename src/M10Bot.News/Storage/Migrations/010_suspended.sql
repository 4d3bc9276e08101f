-- A suspended destination is tried again by itself, ever more rarely: until_ms says when, level how often it was.

create index destination_suspended on destination (until_ms) where standing = 'suspended';

update destination set until_ms = 0, level = 1 where standing = 'suspended';
