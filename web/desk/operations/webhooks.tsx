import { App, Button, Form, Input, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { WebhookSubscriptionItem } from '../../../api/shapes/operations.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import { WEBHOOK_TEXTS } from '../texts/operations.ts';
import { ActForm } from '../ui/act-form.tsx';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Chip } from '../ui/parts.tsx';
import { usePages } from '../ui/use-pages.ts';

const SECRET_LENGTH = 32;

interface Values {
  url: string;
  secret: string;
  events: string;
}

function Subscribe({ onClose }: { onClose: () => void }) {
  const t = useTexts(WEBHOOK_TEXTS);
  const { message } = App.useApp();
  const act = useAct<Values, unknown>(
    (api, { url, secret, events }, key) =>
      api.post(
        '/webhook-subscriptions',
        { url: url.trim(), secret, events: events.trim().split(/\s+/) },
        key,
      ),
    {
      touches: [['webhooks']],
      onDone: () => {
        onClose();
        void message.success(t('added'));
      },
    },
  );
  const needed = { required: true, whitespace: true, message: t('needed') };
  return (
    <ActForm<Values>
      isOpen
      title={t('add')}
      lead={t('add-lead')}
      verb={t('add')}
      isPending={act.isPending}
      error={act.error}
      initial={{ events: '*' }}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <Form.Item name="url" label={t('url')} rules={[needed]}>
        <Input type="url" maxLength={2_000} autoFocus />
      </Form.Item>
      <Form.Item
        name="secret"
        label={t('secret')}
        rules={[needed, { min: SECRET_LENGTH, message: t('secret-short') }]}
      >
        <Input.Password maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="events" label={t('events')} help={t('events-help')} rules={[needed]}>
        <Input />
      </Form.Item>
    </ActForm>
  );
}

/** Who is told of what happens, and how much waits for each. */
export default function Webhooks() {
  const t = useTexts(WEBHOOK_TEXTS);
  const { message, modal } = App.useApp();
  const { roles } = useMe();
  const [isAdding, setAdding] = useState(false);
  const isOperator = roles.includes('operator');
  const pages = usePages<WebhookSubscriptionItem>('webhooks', '/webhook-subscriptions');
  const end = useAct<string, unknown>(
    (api, id, key) => api.post(`/webhook-subscriptions/${encodeURIComponent(id)}/end`, {}, key),
    { touches: [['webhooks']], onDone: () => void message.success(t('ended')) },
  );
  const columns: TableColumnsType<WebhookSubscriptionItem> = [
    { title: t('url'), dataIndex: 'url' },
    { title: t('events'), dataIndex: 'events', render: (events: string[]) => events.join('、') },
    { title: t('waiting'), dataIndex: 'waiting', align: 'right', width: 100 },
    {
      title: t('state'),
      dataIndex: 'endedAt',
      width: 200,
      render: (at: string | null) =>
        at === null ? <Chip tone="good">{t('active')}</Chip> : t('ended-at', { at: moment(at) }),
    },
    {
      key: 'end',
      title: '',
      width: 90,
      render: (_, { subscriptionId, url, endedAt }) =>
        isOperator &&
        endedAt === null && (
          <Button
            size="small"
            onClick={() =>
              void modal.confirm({
                ...{ title: t('end-title'), content: t('end-lead', { url }), okText: t('end') },
                ...{ cancelText: t('keep'), onOk: () => end.mutate(subscriptionId) },
              })
            }
          >
            {t('end')}
          </Button>
        ),
    },
  ];
  return (
    <PageFrame
      title={t('title')}
      lead={t('lead')}
      extra={
        isOperator && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      {end.error !== null && <Broken problem={end.error} />}
      <List
        pages={pages}
        columns={columns}
        rowKey="subscriptionId"
        label={t('title')}
        empty={<Nothing what={t('none')} now={t(isOperator ? 'none-now' : 'none-look')} />}
      />
      {isAdding && <Subscribe onClose={() => setAdding(false)} />}
    </PageFrame>
  );
}
