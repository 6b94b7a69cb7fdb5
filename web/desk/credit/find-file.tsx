import { useInfiniteQuery } from '@tanstack/react-query';
import { Input, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { FoundAccount } from '../../../api/shapes/account.ts';
import { useApi } from '../../shared/api/context.tsx';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { LIST_TEXTS } from '../texts/list.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import type { Page } from '../ui/use-pages.ts';

const LIMIT = 20;
const SHORTEST = 2;

function Found({ text }: { text: string }) {
  const t = useTexts(CREDIT_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const api = useApi();
  const pages = useInfiniteQuery({
    queryKey: ['credit', 'found', text],
    // Names and addresses are forgotten soon.
    gcTime: 60_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      api.ask<Page<FoundAccount>>('/account-searches', { text, limit: LIMIT, cursor }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const columns: TableColumnsType<FoundAccount> = [
    {
      title: list('account'),
      dataIndex: 'accountNo',
      width: 160,
      render: (no: string) => <Link to={`/credit/files/${encodeURIComponent(no)}`}>{no}</Link>,
    },
    { title: list('customer'), dataIndex: 'name', width: 180 },
    { title: list('address'), dataIndex: 'address' },
  ];
  return (
    <List
      pages={{ ...pages, items: pages.data?.pages.flatMap(({ items }) => items) ?? [] }}
      columns={columns}
      rowKey="accountNo"
      label={t('files')}
      empty={<Nothing what={t('no-file-found')} />}
    />
  );
}

/** The way to a credit file: by number, name, address or phone, asked of the service; the words never stand in the address. */
export default function FindFile() {
  const t = useTexts(CREDIT_TEXTS);
  const [text, setText] = useState('');
  const [isShort, setShort] = useState(false);
  const find = (typed: string): void => {
    const asked = typed.trim();
    setShort(asked.length < SHORTEST && asked !== '');
    if (asked.length >= SHORTEST || asked === '') setText(asked);
  };
  return (
    <PageFrame title={t('files')} lead={t('files-lead')}>
      <Input.Search
        className="above"
        size="large"
        autoFocus
        allowClear
        aria-label={t('find-file')}
        enterButton={t('open-file')}
        maxLength={100}
        onSearch={find}
      />
      {isShort && <p role="alert">{t('file-words-short')}</p>}
      {text !== '' && <Found text={text} />}
    </PageFrame>
  );
}
