import { useInfiniteQuery } from '@tanstack/react-query';
import { Input, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { FoundAccount } from '../../../api/shapes/account.ts';
import { useApi } from '../../shared/api/context.tsx';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { LIST_TEXTS } from '../texts/list.ts';
import { SERVICE_TEXTS } from '../texts/service.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Chip, Word } from '../ui/parts.tsx';
import type { Page } from '../ui/use-pages.ts';
import './service.css';

const LIMIT = 20;
const SHORTEST = 2;
const WAYS = ['how.number', 'how.phone', 'how.name', 'how.words', 'how.private'] as const;

/** The words of a search live in the state of the page, never in its address. */
function textIn(state: unknown): string {
  const text: unknown = typeof state === 'object' && state !== null ? Reflect.get(state, 'text') : undefined;
  return typeof text === 'string' ? text : '';
}

function useFound(text: string) {
  const api = useApi();
  const list = useInfiniteQuery({
    queryKey: ['cases', 'found', text],
    enabled: text !== '',
    gcTime: 60_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      api.ask<Page<FoundAccount>>('/account-searches', { text, limit: LIMIT, cursor }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return { ...list, items: list.data?.pages.flatMap((page) => page.items) ?? [] };
}

function Found({ text }: { text: string }) {
  const t = useTexts(SERVICE_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const pages = useFound(text);
  const columns: TableColumnsType<FoundAccount> = [
    {
      title: list('account'),
      dataIndex: 'accountNo',
      width: 160,
      render: (no: string) => <Link to={`/service/${no}`}>{no}</Link>,
    },
    { title: list('customer'), dataIndex: 'name', width: 180 },
    { title: list('address'), dataIndex: 'address' },
    {
      title: t('state'),
      key: 'state',
      width: 220,
      render: (_, { isStopped, openCaseId, category }) => (
        <>
          {isStopped && <Chip tone="bad">{t('is-stopped')}</Chip>}
          {openCaseId !== null && <Chip tone="warn">{t('in-collection')}</Chip>}
          {!isStopped && openCaseId === null && <Chip>{t('nothing-runs')}</Chip>}
          <span className="quiet small">
            <Word of="category" code={category} />
          </span>
        </>
      ),
    },
  ];
  return (
    <List
      pages={pages}
      columns={columns}
      rowKey="accountNo"
      label={t('results')}
      empty={<Nothing what={t('none')} now={t('none-now')} />}
    />
  );
}

/** Who is on the telephone? One box for all that a customer may know of themselves. */
export default function FindCustomer() {
  const t = useTexts(SERVICE_TEXTS);
  const navigate = useNavigate();
  const text = textIn(useLocation().state);
  const [isShort, setShort] = useState(false);
  const find = (typed: string): void => {
    const asked = typed.trim();
    setShort(asked.length < SHORTEST && asked !== '');
    if (asked.length >= SHORTEST || asked === '')
      void navigate('/service', { state: { text: asked }, replace: true });
  };
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      <Input.Search
        className="find-box above"
        size="large"
        autoFocus
        allowClear
        aria-label={t('find')}
        placeholder={t('find-hint')}
        enterButton={t('search')}
        defaultValue={text}
        maxLength={100}
        onSearch={find}
      />
      {isShort && <p role="alert">{t('too-short')}</p>}
      {text !== '' && <Found text={text} />}
      <details open={text === ''} className="how">
        <summary>{t('how')}</summary>
        <ul>
          {WAYS.map((way) => (
            <li key={way}>{t(way)}</li>
          ))}
        </ul>
      </details>
    </PageFrame>
  );
}
