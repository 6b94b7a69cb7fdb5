import { App, Button, Form, Input, Select, Typography, type TableColumnsType } from 'antd';
import type { PersonItem } from '../../../api/shapes/me.ts';
import { serviceNowMs } from '../../shared/api/clock.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { ROLE_TEXTS, SIGNERS } from '../../shared/roles.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import { DELEGATION_TEXTS } from '../texts/delegations.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { usePages } from '../ui/use-pages.ts';

interface Delegation {
  delegationId: string;
  fromPerson: string;
  toPerson: string;
  role: string;
  validFrom: string;
  validTo: string;
}

interface Values {
  toPerson: string;
  role: string;
  validFrom: string;
  validTo: string;
}

const CHINA = ':00+08:00';
const local = (ms: number): string => moment(new Date(ms).toISOString()).replace(' ', 'T');
const DAY_MS = 86_400_000;

function SetForm({ people }: { people: readonly PersonItem[] }) {
  const t = useTexts(DELEGATION_TEXTS);
  const roleNames = useTexts(ROLE_TEXTS);
  const { message } = App.useApp();
  const me = useMe();
  const [form] = Form.useForm<Values>();
  const act = useAct<Values, unknown>(
    (api, values, key) =>
      api.post(
        '/delegations',
        {
          ...values,
          fromPerson: me.personId,
          validFrom: `${values.validFrom}${CHINA}`,
          validTo: `${values.validTo}${CHINA}`,
        },
        key,
      ),
    { touches: [['delegations'], ['approvals']], onDone: () => void message.success(t('set2')) },
  );
  const own = SIGNERS.filter((role) => me.roles.includes(role));
  const needed = [{ required: true, message: t('needed') }];
  return (
    <Form<Values>
      form={form}
      layout="inline"
      className="above rows-apart"
      requiredMark={false}
      initialValues={{
        role: own[0] ?? '',
        validFrom: local(serviceNowMs()),
        validTo: local(serviceNowMs() + 7 * DAY_MS),
      }}
      onFinish={(values) => act.mutate(values)}
    >
      <Form.Item name="toPerson" label={t('to')} rules={needed}>
        <Select
          className="filter"
          showSearch={{ optionFilterProp: 'label' }}
          options={people
            .filter(({ personId }) => personId !== me.personId)
            .map(({ personId, name, roles }) => ({
              value: personId,
              label: `${name} · ${roles.map((role) => roleNames.code(role)).join('、')}`,
            }))}
        />
      </Form.Item>
      <Form.Item name="role" label={t('role')} rules={needed}>
        <Select
          className="filter"
          options={own.map((role) => ({ value: role, label: roleNames.code(role) }))}
        />
      </Form.Item>
      <Form.Item name="validFrom" label={t('from')} rules={needed}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="validTo" label={t('until')} rules={needed}>
        <Input type="datetime-local" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={act.isPending}>
        {t('set')}
      </Button>
      {act.error !== null && <Broken problem={act.error} />}
    </Form>
  );
}

/** Who signs for whom. */
export default function Delegations() {
  const t = useTexts(DELEGATION_TEXTS);
  const roleNames = useTexts(ROLE_TEXTS);
  const { message } = App.useApp();
  const people = usePages<PersonItem>('people', '/people', {}, 200);
  const pages = usePages<Delegation>('delegations', '/delegations');
  const nameOf = (id: string): string => people.items.find(({ personId }) => personId === id)?.name ?? id;
  const end = useAct<string, unknown>(
    (api, id, key) => api.post(`/delegations/${encodeURIComponent(id)}/end`, {}, key),
    { touches: [['delegations'], ['approvals']], onDone: () => void message.success(t('ended')) },
  );
  const columns: TableColumnsType<Delegation> = [
    { title: t('who'), dataIndex: 'fromPerson', render: nameOf },
    { title: t('whom'), dataIndex: 'toPerson', render: nameOf },
    { title: t('role'), dataIndex: 'role', render: (role: string) => roleNames.code(role) },
    { title: t('from'), dataIndex: 'validFrom', render: (at: string) => moment(at) },
    { title: t('until'), dataIndex: 'validTo', render: (at: string) => moment(at) },
    {
      key: 'end',
      title: '',
      render: (_, { delegationId }) => (
        <Button size="small" onClick={() => end.mutate(delegationId)}>
          {t('end')}
        </Button>
      ),
    },
  ];
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      <SetForm people={people.items} />
      {end.error !== null && <Broken problem={end.error} />}
      <Typography.Title level={2}>{t('standing')}</Typography.Title>
      <List
        pages={pages}
        columns={columns}
        rowKey="delegationId"
        label={t('standing')}
        empty={<Nothing what={t('none')} now={t('none-now')} />}
      />
    </PageFrame>
  );
}
