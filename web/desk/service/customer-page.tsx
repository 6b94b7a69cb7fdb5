import { useQuery } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { Link, useParams } from 'react-router';
import type { ServiceView } from '../../../api/shapes/service.ts';
import { useApi } from '../../shared/api/context.tsx';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { SERVICE_TEXTS } from '../texts/service.ts';
import { WORDS } from '../texts/words.ts';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { RestorationClock, Waits } from './clocks.tsx';
import { Said } from './said.tsx';
import { ServiceActions } from './service-actions.tsx';
import { OverdueBills, WhatComes, WhatHappened } from './what-happened.tsx';
import './service.css';

function Lead({ view }: { view: ServiceView }) {
  const t = useTexts(SERVICE_TEXTS);
  const words = useTexts(WORDS);
  return (
    <Space size="middle" wrap>
      <span>{view.address}</span>
      {view.phone !== null && <span>{view.phone}</span>}
      <span>{words.code(`category.${view.category}`)}</span>
      {view.protection === 'registered' && <strong>{words('protection.registered')}</strong>}
      <Link to={`/accounts/${view.accountNo}`}>{t('account-file')}</Link>
      {view.case !== null && <Link to={`/cases/${view.case.caseId}`}>{t('case-file')}</Link>}
    </Space>
  );
}

/** One customer on the telephone: what to say first, then what happened, and at the side what can be done. */
export default function CustomerPage() {
  const { accountNo = '' } = useParams();
  const t = useTexts(SERVICE_TEXTS);
  const api = useApi();
  const query = useQuery({
    queryKey: ['account', accountNo, 'service', t.lang],
    queryFn: () => api.get<ServiceView>(`/accounts/${encodeURIComponent(accountNo)}/service`),
  });
  return (
    <Shown query={query}>
      {(view) => (
        <PageFrame
          title={`${view.customerName} · ${view.accountNo}`}
          lead={<Lead view={view} />}
          extra={
            <Link to="/service">
              <Button tabIndex={-1}>{t('again')}</Button>
            </Link>
          }
        >
          <div className="two-columns">
            <div>
              <Said view={view} />
              <WhatComes view={view} />
              <WhatHappened view={view} />
              <OverdueBills view={view} />
            </div>
            <aside aria-label={t('actions')}>
              <ServiceActions view={view} />
              <RestorationClock view={view} />
              <Waits view={view} />
            </aside>
          </div>
        </PageFrame>
      )}
    </Shown>
  );
}
