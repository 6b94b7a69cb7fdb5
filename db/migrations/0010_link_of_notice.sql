-- The notice that a link was sent with: who reads it has got it.
alter table links add column notice_id text references notices deferrable initially deferred;
