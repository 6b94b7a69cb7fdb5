import { useQuery } from '@tanstack/react-query';
import { Typography } from 'antd';
import { useApi } from '../../shared/api/context.tsx';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { ACCOUNT_TEXTS } from '../texts/accounts.ts';
import { WORDS } from '../texts/words.ts';
import { Shown } from '../ui/page-frame.tsx';
import { Reasons, type Reason } from '../ui/parts.tsx';

interface WhyAnswer {
  inCollection: boolean;
  stage: string | null;
  reasons: Reason[];
  whatWouldChange: string[];
}

/** Why the account is where it is, with what would have to change. */
export function Why({ accountNo }: { accountNo: string }) {
  const t = useTexts(ACCOUNT_TEXTS);
  const words = useTexts(WORDS);
  const api = useApi();
  const query = useQuery({
    queryKey: ['account', accountNo, 'why', t.lang],
    queryFn: () => api.get<WhyAnswer>(`/accounts/${encodeURIComponent(accountNo)}/why`),
  });
  return (
    <>
      <Typography.Title level={2}>{t('why')}</Typography.Title>
      <Shown query={query}>
        {({ inCollection, stage, reasons, whatWouldChange }) => (
          <>
            <p>
              <strong>
                {inCollection ? t('in', { stage: words.code(`stage.${stage ?? ''}`) }) : t('out')}
              </strong>
            </p>
            <Reasons reasons={reasons} />
            {whatWouldChange.length > 0 && (
              <>
                <p className="quiet">{t('change')}</p>
                <ul className="reasons">
                  {whatWouldChange.map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </Shown>
    </>
  );
}
