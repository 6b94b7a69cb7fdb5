import { App, Button, Form, Input, Select, Typography } from 'antd';
import { useState } from 'react';
import type { AccountFile } from '../../../api/shapes/account.ts';
import { serviceNowMs } from '../../shared/api/clock.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { civilDay } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import { ACCOUNT_TEXTS } from '../texts/accounts.ts';
import { WORDS } from '../texts/words.ts';
import { ActForm } from '../ui/act-form.tsx';
import { Word } from '../ui/parts.tsx';
import { FRONT } from './contact.tsx';

interface Values {
  channel: 'sms' | 'email';
  address: string;
  agreedOn: string;
}

/** Where the customer has agreed to be served (L8). */
export function AgreedAddresses({ file }: { file: AccountFile }) {
  const t = useTexts(ACCOUNT_TEXTS);
  const words = useTexts(WORDS);
  const { message } = App.useApp();
  const { roles } = useMe();
  const [isOpen, setOpen] = useState(false);
  const path = `/accounts/${encodeURIComponent(file.accountNo)}/agreed-addresses`;
  const touches = [['account', file.accountNo]];
  const agree = useAct<Values, unknown>((api, values, key) => api.post(path, values, key), {
    touches,
    onDone: () => {
      setOpen(false);
      void message.success(t('done'));
    },
  });
  const revoke = useAct<'sms' | 'email', unknown>(
    (api, channel, key) => api.post(`${path}/revocation`, { channel }, key),
    { touches, onDone: () => void message.success(t('done')) },
  );
  const mayKeep = FRONT.some((role) => roles.includes(role));
  const needed = [{ required: true, message: t('needed') }];
  return (
    <>
      <Typography.Title level={2}>{t('agreed')}</Typography.Title>
      <p className="quiet small">{t('agreed-lead')}</p>
      {file.agreedAddresses.length === 0 ? (
        <p>{t('no-agreed')}</p>
      ) : (
        <ul className="papers">
          {file.agreedAddresses.map(({ channel, address, agreedOn }) => (
            <li key={`${channel} ${agreedOn}`}>
              <Word of="channel" code={channel} /> · {address} ·{' '}
              <span className="quiet">{t('agreed-on', { on: agreedOn })}</span>{' '}
              {mayKeep && (
                <Button size="small" loading={revoke.isPending} onClick={() => revoke.mutate(channel)}>
                  {t('revoke')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {revoke.error !== null && <Broken problem={revoke.error} />}
      {mayKeep && (
        <Button className="below" onClick={() => setOpen(true)}>
          {t('add-agreed')}
        </Button>
      )}
      <ActForm<Values>
        isOpen={isOpen}
        title={t('add-agreed')}
        lead={t('agreed-lead')}
        verb={t('add-agreed')}
        isPending={agree.isPending}
        error={agree.error}
        initial={{
          channel: 'sms',
          address: file.phone ?? '',
          agreedOn: civilDay(new Date(serviceNowMs()).toISOString()),
        }}
        onCancel={() => setOpen(false)}
        onSend={(values) => agree.mutate(values)}
      >
        <Form.Item name="channel" label={t('channel')}>
          <Select
            options={['sms', 'email'].map((value) => ({ value, label: words.code(`channel.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="address" label={t('e-address')} rules={needed}>
          <Input />
        </Form.Item>
        <Form.Item name="agreedOn" label={t('agreed-date')} rules={needed}>
          <Input type="date" />
        </Form.Item>
      </ActForm>
    </>
  );
}
