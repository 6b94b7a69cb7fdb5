import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Descriptions, Space, Typography } from 'antd';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import type { ApprovalDossier } from '../../../api/shapes/approval.ts';
import { useApi } from '../../shared/api/context.tsx';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { APPROVAL_TEXTS } from '../texts/approvals.ts';
import { WORDS } from '../texts/words.ts';
import { Due } from '../ui/due.tsx';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { Mark, Money, Word } from '../ui/parts.tsx';
import { Decide } from './decide.tsx';
import { Bills, Checks, DossierMessages, Notices } from './dossier-tables.tsx';
import { FourEyes } from './four-eyes.tsx';

function Customer({ file }: { file: ApprovalDossier }) {
  const t = useTexts(APPROVAL_TEXTS);
  const { account } = file;
  return (
    <Descriptions
      size="small"
      column={2}
      bordered
      items={[
        { key: 'c', label: t('customer'), children: `${file.customerName} · ${file.accountNo}` },
        { key: 'k', label: t('category'), children: <Word of="category" code={file.category} /> },
        { key: 'm', label: t('meter'), children: account.meterNo },
        { key: 'a', label: t('reader'), children: file.people[account.readerId] ?? account.readerId },
        { key: 'x', label: t('address'), children: account.address, span: 2 },
        {
          key: 'p',
          label: t('protection'),
          children: <Word of="protection" code={account.protection ?? 'unknown'} />,
        },
        { key: 'e', label: t('earlier-stops'), children: t('times', { n: account.earlierStops }) },
      ]}
    />
  );
}

function IfApproved({ file }: { file: ApprovalDossier }) {
  const t = useTexts(APPROVAL_TEXTS);
  const words = useTexts(WORDS);
  return (
    <>
      <Typography.Title level={2}>{t('if-approved')}</Typography.Title>
      <p className="quiet small">{t('if-approved-lead')}</p>
      <ul className="papers">
        {file.ifApproved.map(({ at, step }) => (
          <li key={`${at} ${step}`}>
            {moment(at)} · {words.code(`step.${step}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** All that a decision needs on one page, and the decision. */
export default function ApprovalPage() {
  const { approvalId = '' } = useParams();
  const t = useTexts(APPROVAL_TEXTS);
  const api = useApi();
  const query = useQuery({
    queryKey: ['approvals', 'file', approvalId, t.lang],
    queryFn: () => api.get<ApprovalDossier>(`/approvals/${encodeURIComponent(approvalId)}/dossier`),
  });
  const client = useQueryClient();
  const isRead = query.data !== undefined;
  useEffect(() => {
    // The queue shows which files this person has opened.
    if (isRead) void client.invalidateQueries({ queryKey: ['approvals', '/approvals'] });
  }, [client, isRead, approvalId]);
  return (
    <Shown query={query}>
      {(file) => (
        <PageFrame
          title={t('for', { name: file.customerName })}
          lead={
            <Space size="large" wrap align="start">
              <Mark of="approval" code={file.status} />
              <strong>
                {t('debt')} <Money fen={file.principalFen} />
              </strong>
              {file.status === 'pending' && <Due at={file.expiresAt} nowAt={file.nowAt} />}
              <Link to={`/cases/${encodeURIComponent(file.caseId)}`}>{t('open-case')}</Link>
            </Space>
          }
        >
          <div className="two-columns">
            <div>
              <Customer file={file} />
              <Bills file={file} />
              <Notices file={file} />
              <DossierMessages file={file} />
              <Checks file={file} />
            </div>
            <aside aria-label={t('decide')}>
              <Decide file={file} />
              <FourEyes file={file} />
              <IfApproved file={file} />
            </aside>
          </div>
        </PageFrame>
      )}
    </Shown>
  );
}
