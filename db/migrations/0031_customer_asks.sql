-- A customer asks for a plan on the page behind the link: the procedure yields until somebody has answered (T1.2).

alter table holds drop constraint holds_kind_check;
alter table holds add constraint holds_kind_check check (kind in
  ('part-payment', 'plan', 'plan-asked', 'deferral', 'guarantee', 'dispute', 'authority-order', 'claimed-payment',
   'moved-out', 'protection'));

alter table tasks drop constraint if exists tasks_kind_check;
alter table tasks add constraint tasks_kind_check check (kind ~ '^[a-z][a-z0-9-]*$');
