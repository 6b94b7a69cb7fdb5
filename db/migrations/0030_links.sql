-- A link to the customer's own page belongs to one debtor, and can be taken back before its time is over.

alter table links
  add column debtor_id     text,
  add column revoked_at    timestamptz,
  add column revoked_by    text,
  add column revoke_reason text,
  add constraint links_revoked check ((revoked_at is null) = (revoked_by is null));
create index links_account on links (account_id) where revoked_at is null;
