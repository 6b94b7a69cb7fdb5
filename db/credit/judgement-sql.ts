/** The judgement behind a downgrade `m`, as `facts` (grade, colour) or `scored` (score) of rules/credit/explain-move.ts. */
export const JUDGEMENT = `
  (select jsonb_build_object('asOf', g.as_of, 'oldestDays', g.oldest_days, 'owedFen', g.owed_fen, 'lateBills', g.late_bills,
                             'bills', g.bills, 'offenceOn', g.offence_on, 'customerSince', g.customer_since, 'deferred', g.deferred,
                             'policyVersion', g.policy_version)
     from credit_grades g where g.account_id = m.account_id and g.month = m.month and g.n = m.n) as facts,
  (select jsonb_build_object('indicators', s.indicators, 'scoreCenti', s.score_centi, 'finalCenti', s.final_centi)
     from credit_scores s where s.score_id = m.score_id) as scored`;
