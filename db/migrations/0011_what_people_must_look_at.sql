-- Two more things that only a person can settle: a claim of payment that nobody has checked yet (T1.2), and a customer who
-- says that it is still dark, or that switching on is dangerous (T3.3).
alter table tasks drop constraint tasks_kind_check;
alter table tasks add constraint tasks_kind_check check (kind in
  ('serve-first', 'serve-yellow', 'serve-red', 'identify-meter', 'tell-in-person', 'somebody-knows', 'raise-by-hand',
   'restore-by-hand', 'ask-protection', 'manual-path', 'explain-miss', 'check-claim', 'still-dark', 'unsafe-to-restore'));

-- The customer pressed 2 at the safety call: nobody switches on from afar, the crew looks first.
alter table restorations add column safety_danger_at timestamptz;
