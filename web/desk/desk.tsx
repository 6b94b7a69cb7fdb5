import { App, ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { BrowserRouter } from 'react-router';
import { useLiveQueries } from '../shared/live/live-queries.tsx';
import { useLang } from '../shared/i18n/use-texts.ts';
import { Shell } from './shell.tsx';
import { THEME } from './theme.ts';

/** The console of everybody who works at a desk. */
export function Desk() {
  const lang = useLang();
  const isLive = useLiveQueries();
  return (
    <ConfigProvider locale={lang === 'zh' ? zhCN : enGB} theme={THEME} button={{ autoInsertSpace: false }}>
      <App>
        <BrowserRouter basename="/console">
          <Shell isLive={isLive} />
        </BrowserRouter>
      </App>
    </ConfigProvider>
  );
}
