import type { ComponentType } from 'react';
import type { Texts } from '../shared/i18n/use-texts.ts';
import type { StaffRole } from '../shared/roles.ts';
import type { SHELL_TEXTS } from './texts/shell.ts';

export type ShellTexts = Texts<typeof SHELL_TEXTS>;

/** One page of the desk as declared: where it lies, who may open it, where it stands in the menu. */
export interface DeskPage {
  /** Below /console, react-router syntax. */
  readonly path: string;
  /** Text of the menu and the head of the page. */
  readonly title: keyof typeof SHELL_TEXTS;
  /** Absent: reached from another page only. */
  readonly group?: 'work' | 'approval' | 'customer' | 'credit' | 'management' | 'operations';
  readonly roles: readonly StaffRole[];
  /** Roles that land here, whatever stands before it in the menu. */
  readonly homeOf?: readonly StaffRole[];
  readonly load: () => Promise<{ default: ComponentType }>;
}
