import { useQuery } from '@tanstack/react-query';
import { Button, Space, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { AccountFile } from '../../../api/shapes/account.ts';
import { useApi, useMe } from '../../shared/api/context.tsx';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { HoldForm } from '../cases/hold-form.tsx';
import { ACCOUNT_TEXTS } from '../texts/accounts.ts';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { AccountBills, AccountPayments } from './account-money.tsx';
import { AgreedAddresses } from './agreed-addresses.tsx';
import { Contact } from './contact.tsx';
import { Why } from './why.tsx';
import { Chip } from '../ui/parts.tsx';

const HOLDERS = ['reader', 'centre', 'clerk-95598', 'team-leader', 'station-head', 'government-liaison'];

/** What is known of an account, and its upkeep. */
export default function AccountPage() {
  const { accountNo = '' } = useParams();
  const t = useTexts(ACCOUNT_TEXTS);
  const api = useApi();
  const { roles } = useMe();
  const [isHolding, setHolding] = useState(false);
  const query = useQuery({
    queryKey: ['account', accountNo],
    queryFn: () => api.get<AccountFile>(`/accounts/${encodeURIComponent(accountNo)}`),
  });
  return (
    <Shown query={query}>
      {(file) => (
        <PageFrame
          title={`${file.customerName} · ${file.accountNo}`}
          lead={
            <Space size="middle" wrap>
              <span>{file.address}</span>
              {file.stopInForceId !== null && <Chip tone="bad">{t('stop-in-force')}</Chip>}
              {file.openCaseId !== null && <Link to={`/cases/${file.openCaseId}`}>{t('open-case')}</Link>}
            </Space>
          }
          extra={
            HOLDERS.some((role) => roles.includes(role)) && (
              <Button onClick={() => setHolding(true)}>{t('hold')}</Button>
            )
          }
        >
          <div className="two-columns">
            <div>
              <Contact file={file} />
              <AgreedAddresses file={file} />
              <Tabs
                items={[
                  { key: 'bills', label: t('bills'), children: <AccountBills file={file} /> },
                  { key: 'payments', label: t('payments'), children: <AccountPayments file={file} /> },
                ]}
              />
            </div>
            <aside aria-label={t('why')}>
              <Why accountNo={accountNo} />
            </aside>
          </div>
          <HoldForm accountNo={accountNo} isOpen={isHolding} onClose={() => setHolding(false)} />
        </PageFrame>
      )}
    </Shown>
  );
}
