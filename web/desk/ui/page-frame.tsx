import { Flex, Skeleton, Typography } from 'antd';
import { useEffect, type ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { problemOf } from '../../shared/api/problem.ts';
import { say } from '../../shared/i18n/i18n.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import { SHELL_TEXTS } from '../texts/shell.ts';

/** Title, what can be done, and the page below. */
export function PageFrame(props: {
  title: string;
  lead?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}) {
  const { title, lead, extra, children } = props;
  useEffect(() => {
    document.title = `${title} · ${say(SHELL_TEXTS, 'product')}`;
  }, [title]);
  return (
    <div className="page">
      <Flex justify="space-between" align="start" gap="middle" wrap>
        <div>
          <Typography.Title level={1}>{title}</Typography.Title>
          {lead !== undefined && <div className="lead">{lead}</div>}
        </div>
        {extra !== undefined && <div>{extra}</div>}
      </Flex>
      {children}
    </div>
  );
}

/** What a query gives: the bones while it is read, the problem where it failed, else the children. */
export function Shown<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined)
    return (
      <>
        {query.isError && <Broken problem={problemOf(query.error)} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    );
  if (query.isError) return <Broken problem={problemOf(query.error)} onRetry={() => void query.refetch()} />;
  return <Skeleton active aria-busy="true" />;
}
