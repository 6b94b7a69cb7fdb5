import { App, Button, Descriptions, Form, Input, Radio, Space } from 'antd';
import { useState } from 'react';
import type { AccountFile } from '../../../api/shapes/account.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useNames } from '../../shared/api/use-names.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { ACCOUNT_TEXTS } from '../texts/accounts.ts';
import { ActForm } from '../ui/act-form.tsx';
import { Word } from '../ui/parts.tsx';

/** Who speaks with customers, and so keeps what they say of themselves. */
export const FRONT = ['reader', 'centre', 'clerk-95598', 'team-leader'];

interface ContactValues {
  phone?: string;
  email?: string;
}

interface FormProps {
  readonly file: AccountFile;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const orNull = (value: string | undefined): string | null =>
  value === undefined || value.trim() === '' ? null : value.trim();

function ContactForm({ file, isOpen, onClose }: FormProps) {
  const t = useTexts(ACCOUNT_TEXTS);
  const { message } = App.useApp();
  const act = useAct<ContactValues, unknown>(
    (api, { phone, email }, key) =>
      api.post(
        `/accounts/${encodeURIComponent(file.accountNo)}/contact`,
        { phone: orNull(phone), email: orNull(email) },
        key,
      ),
    {
      touches: [['account', file.accountNo]],
      onDone: () => {
        onClose();
        void message.success(t('done'));
      },
    },
  );
  return (
    <ActForm<ContactValues>
      isOpen={isOpen}
      title={t('edit-contact')}
      lead={t('contact-lead')}
      verb={t('edit-contact')}
      isPending={act.isPending}
      error={act.error}
      initial={{ phone: file.phone ?? '', email: file.email ?? '' }}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <Form.Item name="phone" label={t('phone')}>
        <Input type="tel" autoFocus />
      </Form.Item>
      <Form.Item name="email" label={t('email')}>
        <Input type="email" />
      </Form.Item>
    </ActForm>
  );
}

function ProtectionForm({ file, isOpen, onClose }: FormProps) {
  const t = useTexts(ACCOUNT_TEXTS);
  const { message } = App.useApp();
  const act = useAct<{ protection: 'none' | 'registered' }, unknown>(
    (api, { protection }, key) =>
      api.post(
        `/accounts/${encodeURIComponent(file.accountNo)}/protection`,
        { protection, consent: protection === 'registered' },
        key,
      ),
    {
      touches: [['account', file.accountNo], ['tasks']],
      onDone: () => {
        onClose();
        void message.success(t('done'));
      },
    },
  );
  return (
    <ActForm<{ protection: 'none' | 'registered' }>
      isOpen={isOpen}
      title={t('protection')}
      lead={t('protection-lead')}
      verb={t('ask-protection')}
      isPending={act.isPending}
      error={act.error}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <Form.Item name="protection" label={t('protection')} rules={[{ required: true, message: t('needed') }]}>
        <Radio.Group
          options={['none', 'registered'].map((value) => ({ value, label: t.code(value, 'answer.') }))}
        />
      </Form.Item>
    </ActForm>
  );
}

export function Contact({ file }: { file: AccountFile }) {
  const nameOf = useNames();
  const t = useTexts(ACCOUNT_TEXTS);
  const { roles } = useMe();
  const [form, setForm] = useState<'contact' | 'protection'>();
  const mayKeep = FRONT.some((role) => roles.includes(role));
  return (
    <>
      <Descriptions
        size="small"
        bordered
        column={2}
        items={[
          { key: 'p', label: t('phone'), children: file.phone ?? t('none') },
          { key: 'e', label: t('email'), children: file.email ?? t('none') },
          { key: 'm', label: t('meter'), children: file.meterNo },
          { key: 'r', label: t('reader'), children: nameOf(file.readerId) },
          { key: 'c', label: t('category'), children: <Word of="category" code={file.category} /> },
          { key: 's', label: t('remote-switch'), children: t(file.remoteSwitch ? 'yes' : 'no') },
          {
            key: 'x',
            label: t('protection'),
            span: 2,
            children: <Word of="protection" code={file.protection ?? 'unknown'} />,
          },
        ]}
      />
      {mayKeep && (
        <Space className="below">
          <Button onClick={() => setForm('contact')}>{t('edit-contact')}</Button>
          <Button onClick={() => setForm('protection')}>{t('ask-protection')}</Button>
        </Space>
      )}
      <ContactForm file={file} isOpen={form === 'contact'} onClose={() => setForm(undefined)} />
      <ProtectionForm file={file} isOpen={form === 'protection'} onClose={() => setForm(undefined)} />
    </>
  );
}
