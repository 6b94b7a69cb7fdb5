import { BarChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([BarChart, GridComponent, TooltipComponent, SVGRenderer]);

export const CHART_COLOURS = {
  main: '#0b5cad',
  bad: '#b3261e',
  good: '#1d6f42',
  ink: '#1b2733',
  line: '#d5dde6',
};

interface Props {
  readonly option: EChartsCoreOption;
  /** What the picture shows, for whoever does not see it; the numbers stand in the table beside it. */
  readonly label: string;
  readonly heightPx: number;
  readonly onPick?: ((index: number) => void) | undefined;
}

/** A picture of numbers. It is never the only place where they stand: each has a table with it, which the keyboard reaches. */
export function Chart({ option, label, heightPx, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    if (box.current === null) return undefined;
    const drawn = init(box.current, null, { renderer: 'svg' });
    chart.current = drawn;
    drawn.on('click', ({ dataIndex }) => {
      if (typeof dataIndex === 'number') pick.current?.(dataIndex);
    });
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true });
  }, [option]);
  return <div ref={box} role="img" aria-label={label} style={{ height: heightPx }} className="chart" />;
}
