import type { RoundItem } from '../../../api/shapes/round.ts';
import type { Act } from '../device/store.ts';

/** The words by which an act is found again on this device. */
export const aboutOf = ({ ref, accountNo, customerName, address }: RoundItem): Act['about'] => ({
  ref,
  accountNo,
  customerName,
  address,
});
