import { App, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useApi } from '../../shared/api/context.tsx';
import { problemOf } from '../../shared/api/problem.ts';

const KEPT_MS = 60_000;

/** Fetches a paper as this person and opens it in a window of its own; a plain link could not say who asks. */
export function OpenPaper({ path, children }: { path: string; children: ReactNode }) {
  const api = useApi();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  async function open(): Promise<void> {
    setBusy(true);
    try {
      const blob = await (await api.raw(path)).blob();
      const url = URL.createObjectURL(blob);
      window.open(url, '_blank', 'noopener');
      setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
    } catch (error) {
      const { title, whatNow } = problemOf(error);
      void message.error(`${title} ${whatNow}`);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button type="link" size="small" className="paper-link" loading={isBusy} onClick={() => void open()}>
      {children}
    </Button>
  );
}
