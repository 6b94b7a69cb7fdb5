-- A dispute about a bill, and what billing then says of it, are looked at like a payment: within minutes (K5.3, L5).
drop trigger bills_change_credit on bills;
create trigger bills_change_credit after update on bills for each row
  when ((old.paid_fen < old.principal_fen) is distinct from (new.paid_fen < new.principal_fen)
        or old.disputed is distinct from new.disputed or old.principal_fen is distinct from new.principal_fen)
  execute function credit_bill_flips();

create trigger holds_dispute_credit after insert on holds for each row
  when (new.kind = 'dispute') execute function credit_outcome('dispute');
create trigger holds_decided_credit after update of ended_at on holds for each row
  when (new.kind = 'dispute' and old.ended_at is null and new.ended_at is not null) execute function credit_outcome('dispute-decided');
