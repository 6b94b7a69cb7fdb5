import { Button, Segmented, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ShieldItem } from '../../../api/shapes/shield.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useNames } from '../../shared/api/use-names.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import type { StaffRole } from '../../shared/roles.ts';
import { SHIELD_TEXTS } from '../texts/shields.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Chip, type Tone } from '../ui/parts.tsx';
import { usePages } from '../ui/use-pages.ts';
import { Lift } from './lift.tsx';
import { SetShield } from './set-form.tsx';

const SETTERS: readonly StaffRole[] = [
  'team-leader',
  'station-head',
  'marketing-manager',
  'company-head',
  'government-liaison',
];
const TONES: Readonly<Record<string, Tone>> = { 'in-force': 'good', coming: 'note' };

function Protects({ shield }: { shield: ShieldItem }) {
  const t = useTexts(SHIELD_TEXTS);
  const { accountNo, region, customerClass } = shield;
  const who = t.code(customerClass ?? 'any', 'class.');
  if (accountNo !== null)
    return <Link to={`/service/${accountNo}`}>{t('of-account', { no: accountNo })}</Link>;
  return <>{region === null ? t('of-all', { who }) : t('of-region', { region, who })}</>;
}

/** Orders that protect supply: whom, from when to when, by whose order (L10). */
export default function Shields() {
  const t = useTexts(SHIELD_TEXTS);
  const nameOf = useNames();
  const { roles } = useMe();
  const [state, setState] = useState<'standing' | 'all'>('standing');
  const [isSetting, setSetting] = useState(false);
  const pages = usePages<ShieldItem>('shields', '/shields', { state });
  const maySet = SETTERS.some((role) => roles.includes(role));
  const columns: TableColumnsType<ShieldItem> = [
    { title: t('reach'), key: 'reach', render: (_, shield) => <Protects shield={shield} /> },
    { title: t('effect'), dataIndex: 'effect', render: (code: string) => t.code(code, 'effect.') },
    { title: t('days'), key: 'days', width: 230, render: (_, { from, to }) => t('span', { from, to }) },
    { title: t('order-no'), dataIndex: 'orderNo' },
    { title: t('reason'), dataIndex: 'reason' },
    { title: t('set-by'), dataIndex: 'setBy', width: 110, render: nameOf },
    {
      title: t('state'),
      dataIndex: 'state',
      width: 100,
      render: (code: string) => <Chip tone={TONES[code] ?? 'plain'}>{t.code(code, 'state.')}</Chip>,
    },
    { key: 'lift', title: '', width: 90, render: (_, shield) => <Lift shield={shield} /> },
  ];
  return (
    <PageFrame
      title={t('title')}
      lead={t('lead')}
      extra={
        maySet && (
          <Button type="primary" onClick={() => setSetting(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      <Segmented
        aria-label={t('title')}
        className="above"
        value={state}
        onChange={setState}
        options={[
          { value: 'standing', label: t('standing') },
          { value: 'all', label: t('all') },
        ]}
      />
      <List
        pages={pages}
        columns={columns}
        rowKey="shieldId"
        label={t('title')}
        empty={
          <Nothing
            what={t(state === 'all' ? 'none-all' : 'none')}
            now={t(maySet ? 'none-now' : 'none-look')}
          />
        }
      />
      {isSetting && <SetShield onClose={() => setSetting(false)} />}
    </PageFrame>
  );
}
