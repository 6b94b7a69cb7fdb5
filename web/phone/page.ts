import type { ComponentType } from 'react';
import type { StaffRole } from '../shared/roles.ts';

/** One page of the phones: below /m, for these roles; `entry` pages are what one lands on and chooses from. */
export interface PhonePage {
  readonly path: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly isEntry: boolean;
  readonly roles: readonly StaffRole[];
  readonly load: () => Promise<{ default: ComponentType }>;
}
