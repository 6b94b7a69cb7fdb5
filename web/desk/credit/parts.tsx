import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_WORDS } from '../texts/credit-words.ts';
import { Chip, type Tone } from '../ui/parts.tsx';

const TONES: Readonly<Record<string, Tone>> = {
  ...{
    A: 'good',
    green: 'good',
    blue: 'good',
    excellent: 'good',
    good: 'good',
    granted: 'good',
    done: 'good',
  },
  ...{ served: 'good', upheld: 'good', acknowledged: 'good' },
  ...{
    C: 'warn',
    yellow: 'warn',
    poor: 'warn',
    queued: 'warn',
    noticed: 'warn',
    open: 'warn',
    deciding: 'warn',
  },
  ...{ D: 'bad', red: 'bad', black: 'bad', bad: 'bad', failed: 'bad', 'in-force': 'bad' },
};

/** The word for a code of credit, in a family of codes. */
export const CreditWord = ({ of, code }: { of: string; code: string }) => (
  <>{useTexts(CREDIT_WORDS).code(`${of}.${code}`).replace(`${of}.`, '')}</>
);

/** A grade, colour or state as a mark; the colour repeats the word. */
export const CreditMark = ({ of, code }: { of: string; code: string }) => (
  <Chip tone={TONES[code] ?? 'plain'}>
    <CreditWord of={of} code={code} />
  </Chip>
);
