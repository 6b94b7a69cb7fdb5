import type { Law } from '../parameters/law.ts';
import type { LateFeeRate } from './late-fee.ts';

/** The ratio that applies to an account (L4). @throws RangeError for a contract ratio outside the law's bounds */
export function lateFeeRate(
  account: { readonly customerClass: 'resident' | 'non-resident'; readonly contractPermille: number | null },
  law: Law,
): LateFeeRate {
  const { contractPermille } = account;
  if (contractPermille === null)
    return account.customerClass === 'resident'
      ? law.lateFeePermille.resident
      : law.lateFeePermille.nonResident;
  const { min, max } = law.contractPermille;
  if (contractPermille < min || contractPermille > max)
    throw new RangeError(`L4: contract late fee ${contractPermille}‰ lies outside ${min}–${max}‰`);
  return { contract: contractPermille };
}
