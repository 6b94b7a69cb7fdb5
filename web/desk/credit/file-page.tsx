import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Space, Tabs } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { CreditFile } from '../../../api/shapes/credit-file.ts';
import { useApi, useMe } from '../../shared/api/context.tsx';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { Word } from '../ui/parts.tsx';
import { Grades, Matters, Measures, Moves, Records, Rights } from './file-tables.tsx';
import { Certificates, Letters } from './letters.tsx';
import { CreditMark } from './parts.tsx';
import { TakeDownForm } from './take-down-form.tsx';

const WAITING = ['queued', 'approved', 'noticed'];
const FILERS = ['clerk-95598', 'centre', 'credit-officer', 'team-leader', 'station-head'];

function Head({ file }: { file: CreditFile }) {
  const t = useTexts(CREDIT_TEXTS);
  const { standing } = file;
  if (standing === null) return <span>{t('not-judged')}</span>;
  return (
    <Space wrap size="large">
      <span>
        {t('grade')} <CreditMark of="value" code={standing.grade} />{' '}
        <span className="quiet small">{t('since', { day: standing.gradeSince })}</span>
      </span>
      <span>
        {t('colour')} <CreditMark of="value" code={standing.colour} />{' '}
        <span className="quiet small">{t('since', { day: standing.colourSince })}</span>
      </span>
      <span>
        {t('score')}{' '}
        {standing.scoreGrade === null ? t('no-score') : <CreditMark of="value" code={standing.scoreGrade} />}
      </span>
      <Word of="category" code={file.category} />
    </Space>
  );
}

/** The three schemes, each with the sentence that the customer reads too. */
function Why({ file }: { file: CreditFile }) {
  const t = useTexts(CREDIT_TEXTS);
  const [line] = file.grades;
  const [score] = file.scores;
  const isWaiting = file.downgrades.some(({ status }) => WAITING.includes(String(status)));
  return (
    <section aria-label={t('why')}>
      {file.standing?.objectedAt !== null && file.standing !== null && (
        <Alert type="warning" showIcon title={t('under-objection')} className="above" />
      )}
      {isWaiting && <Alert type="info" showIcon title={t('waits-for-person')} className="above" />}
      {line !== undefined && (
        <ul className="reasons">
          <li>{line.why[t.lang]}</li>
          <li>{line.colourWhy[t.lang]}</li>
          {score !== undefined && <li>{score.why[t.lang]}</li>}
        </ul>
      )}
    </section>
  );
}

/** The whole credit file of a customer, as the customer may read it. */
export default function FilePage() {
  const { accountNo = '' } = useParams();
  const t = useTexts(CREDIT_TEXTS);
  const api = useApi();
  const { roles } = useMe();
  const [form, setForm] = useState<'objections' | 'repairs'>();
  const query = useQuery({
    queryKey: ['credit', 'file', accountNo],
    queryFn: () => api.get<CreditFile>(`/accounts/${encodeURIComponent(accountNo)}/credit`),
  });
  const mayFile = FILERS.some((role) => roles.includes(role));
  return (
    <Shown query={query}>
      {(file) => (
        <PageFrame
          title={t('file-of', { name: file.customerName, no: file.accountNo })}
          lead={<Head file={file} />}
          extra={
            mayFile && (
              <Space>
                <Button onClick={() => setForm('repairs')}>{t('take-repair')}</Button>
                <Button type="primary" onClick={() => setForm('objections')}>
                  {t('take-objection')}
                </Button>
              </Space>
            )
          }
        >
          <Why file={file} />
          <Tabs
            items={[
              { key: 'grades', label: t('grades'), children: <Grades file={file} /> },
              { key: 'measures', label: t('measures'), children: <Measures file={file} /> },
              { key: 'rights', label: t('rights'), children: <Rights file={file} /> },
              { key: 'records', label: t('records'), children: <Records file={file} /> },
              {
                key: 'letters',
                label: t('letters'),
                children: (
                  <>
                    <Certificates file={file} />
                    <Letters file={file} />
                  </>
                ),
              },
              { key: 'matters', label: t('matters-of'), children: <Matters file={file} /> },
              { key: 'moves', label: t('moves'), children: <Moves file={file} /> },
            ]}
          />
          <TakeDownForm file={file} kind={form} onClose={() => setForm(undefined)} />
        </PageFrame>
      )}
    </Shown>
  );
}
