import { Empty } from 'antd';
import type { ReactNode } from 'react';

/** An empty place that says what to do. */
export const Nothing = ({ what, now, children }: { what: string; now?: string; children?: ReactNode }) => (
  <Empty
    className="nothing"
    image={Empty.PRESENTED_IMAGE_SIMPLE}
    description={
      <>
        <strong>{what}</strong>
        {now !== undefined && <p>{now}</p>}
      </>
    }
  >
    {children}
  </Empty>
);
