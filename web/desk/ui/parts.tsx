import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { yuan } from '../../shared/format/format.ts';
import { WORDS } from '../texts/words.ts';

export interface Reason {
  code: string;
  clause: string;
  text: string;
}

export const Money = ({ fen }: { fen: number }) => <span className="money">{yuan(fen)}</span>;

/** A word for a code of the API, in a family of codes. */
export function Word({ of, code }: { of: string; code: string }) {
  return <>{useTexts(WORDS).code(`${of}.${code}`).replace(`${of}.`, '')}</>;
}

export type Tone = 'good' | 'bad' | 'warn' | 'note' | 'plain';

const TONES: Readonly<Record<string, Tone>> = {
  permitted: 'good',
  served: 'good',
  delivered: 'good',
  acknowledged: 'good',
  approved: 'good',
  done: 'good',
  lawful: 'good',
  posted: 'good',
  refused: 'bad',
  failed: 'bad',
  wrongful: 'bad',
  reversed: 'bad',
  'not-served': 'bad',
  unanswered: 'warn',
  undetermined: 'warn',
  pending: 'warn',
  held: 'warn',
  stopped: 'bad',
};

/** A small mark; its colour repeats the words and never stands for them. */
export const Chip = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`chip ${tone}`}>{children}</span>
);

/** The word for a code, as a mark. */
export const Mark = ({ of, code }: { of: string; code: string }) => (
  <Chip tone={TONES[code] ?? 'plain'}>
    <Word of={of} code={code} />
  </Chip>
);

/** Every reason with its clause. */
export const Reasons = ({ reasons }: { reasons: readonly Reason[] }) =>
  reasons.length === 0 ? null : (
    <ul className="reasons">
      {reasons.map(({ code, clause, text }) => (
        <li key={`${code} ${clause} ${text}`}>
          {text} <span className="clause">{clause}</span>
        </li>
      ))}
    </ul>
  );

/** Something that cannot be done now, with every reason shown where the pointer or the keyboard is. */
export function WithReasons({ reasons, children }: { reasons: readonly Reason[]; children: ReactNode }) {
  if (reasons.length === 0) return children;
  return (
    <Tooltip title={<Reasons reasons={reasons} />} trigger={['hover', 'focus']}>
      {/* A disabled button takes no focus: the wrapper does, so that a keyboard reaches the reasons. */}
      <span tabIndex={0} className="with-reasons">
        {children}
      </span>
    </Tooltip>
  );
}
