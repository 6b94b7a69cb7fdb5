-- What a message was to say holds no longer: it stays as it was written, and does not leave.
alter table messages drop constraint messages_status_check;
alter table messages add constraint messages_status_check check (status in
  ('prepared', 'sending', 'sent', 'delivered', 'failed', 'acknowledged', 'unanswered', 'withdrawn'));
alter table credit_letters drop constraint credit_letters_status_check;
alter table credit_letters add constraint credit_letters_status_check check (status in
  ('prepared', 'sent', 'served', 'failed', 'withdrawn'));
