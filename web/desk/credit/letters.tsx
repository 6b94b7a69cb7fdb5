import type { CreditFile } from '../../../api/shapes/credit-file.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { OpenPaper } from '../ui/open-paper.tsx';
import { certificatePath } from './certificate-path.ts';
import { Rows } from './file-tables.tsx';
import { CreditMark, CreditWord } from './parts.tsx';
import { ServeLetter } from './serve-letter.tsx';

interface Props {
  readonly file: CreditFile;
}

/** Certificates of the draws in which this customer was drawn (G3.5). */
export function Certificates({ file }: Props) {
  const t = useTexts(CREDIT_TEXTS);
  return file.draws.map(({ year }) => (
    <OpenPaper key={year} path={certificatePath(file.accountNo, year)}>
      {t('certificate-of', { year })}
    </OpenPaper>
  ));
}

/** Nothing but a person brings it there: on paper, or what the carrier could not deliver. */
const waitsForHand = ({ channel, status }: { channel: string; status: string }): boolean =>
  status === 'failed' || (status === 'prepared' && channel === 'letter');

export function Letters({ file }: Props) {
  const t = useTexts(CREDIT_TEXTS);
  return (
    <Rows
      rows={file.letters}
      rowKey={({ letterId }) => letterId}
      columns={[
        {
          title: t('letter'),
          dataIndex: 'kind',
          render: (code: string, { letterId }) => (
            <OpenPaper path={`/credit/letters/${encodeURIComponent(letterId)}/document.pdf`}>
              <CreditWord of="letter" code={code} />
            </OpenPaper>
          ),
        },
        {
          title: t('by-way-of'),
          dataIndex: 'channel',
          render: (code: string) => <CreditWord of="way" code={code} />,
        },
        {
          title: t('state'),
          dataIndex: 'status',
          render: (code: string) => <CreditMark of="letter-status" code={code} />,
        },
        { title: t('served-at'), dataIndex: 'servedAt', render: (at: string | null) => moment(at) },
        { title: t('written-at'), dataIndex: 'recordedAt', render: (at: string) => moment(at) },
        {
          title: t('acts'),
          key: 'acts',
          render: (_, letter) => waitsForHand(letter) && <ServeLetter letterId={letter.letterId} />,
        },
      ]}
    />
  );
}
