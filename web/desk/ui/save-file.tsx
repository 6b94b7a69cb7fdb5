import { App, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useApi } from '../../shared/api/context.tsx';
import { problemOf } from '../../shared/api/problem.ts';

/** Fetches a file as this person and saves it under a name. */
export function SaveFile({ path, name, children }: { path: string; name: string; children: ReactNode }) {
  const api = useApi();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  async function save(): Promise<void> {
    setBusy(true);
    try {
      const url = URL.createObjectURL(await (await api.raw(path)).blob());
      const link = Object.assign(document.createElement('a'), { href: url, download: name });
      link.click();
      URL.revokeObjectURL(url);
    } catch (error) {
      const { title, whatNow } = problemOf(error);
      void message.error(`${title} ${whatNow}`);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button loading={isBusy} onClick={() => void save()}>
      {children}
    </Button>
  );
}
