import { Button, Flex, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { problemOf } from '../../shared/api/problem.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import { LIST_TEXTS } from '../texts/list.ts';
import type { usePages } from './use-pages.ts';

type Pages<T> = ReturnType<typeof usePages<T>>;

interface Props<T> {
  readonly pages: Pages<T>;
  readonly columns: TableColumnsType<T>;
  readonly rowKey: (keyof T & string) | ((row: T) => string);
  readonly label: string;
  readonly empty: ReactNode;
  readonly selection?: {
    chosen: readonly string[];
    choose: (keys: string[]) => void;
    may: (row: T) => boolean;
  };
}

const ROW_PX = 48;
const TABLE_PX = 620;

/**
 * A list that stays quick however long: rows are drawn as they come into view, further pages are read on request. Where it
 * could not be read again, the rows stay and the problem stands above them.
 */
export function List<T extends object>({ pages, columns, rowKey, label, empty, selection }: Props<T>) {
  const t = useTexts(LIST_TEXTS);
  const problem = pages.isError && (
    <Broken problem={problemOf(pages.error)} onRetry={() => void pages.refetch()} />
  );
  if (problem !== false && pages.items.length === 0) return problem;
  if (pages.data !== undefined && pages.items.length === 0) return empty;
  const isLong = pages.items.length * ROW_PX > TABLE_PX * 3;
  return (
    <section aria-label={label}>
      {problem}
      <Table<T>
        size="middle"
        columns={columns}
        dataSource={pages.items}
        rowKey={rowKey}
        loading={pages.isLoading}
        pagination={false}
        scroll={isLong ? { y: TABLE_PX, x: 900 } : { x: 'max-content' }}
        virtual={isLong}
        {...(selection === undefined
          ? {}
          : {
              rowSelection: {
                selectedRowKeys: [...selection.chosen],
                onChange: (keys) => selection.choose(keys.map(String)),
                getCheckboxProps: (row) => ({
                  disabled: !selection.may(row),
                  'aria-label': `${t('choose')} ${typeof rowKey === 'function' ? rowKey(row) : String(row[rowKey])}`,
                }),
                getTitleCheckboxProps: () => ({ 'aria-label': t('choose-all') }),
              },
            })}
      />
      {pages.hasNextPage && (
        <Flex justify="center" className="more">
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('more')}
          </Button>
        </Flex>
      )}
    </section>
  );
}
