import type { ThemeConfig } from 'antd';

/** Sober and readable: ink on paper, one blue, colours only where they mean something. */
export const THEME: ThemeConfig = {
  token: {
    // Whoever asks their machine for less motion gets none here.
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    colorPrimary: '#0b5cad',
    colorText: '#1b2733',
    colorTextSecondary: '#526273',
    colorTextTertiary: '#526273',
    colorTextDescription: '#526273',
    colorTextDisabled: '#5f6e7d',
    colorTextPlaceholder: '#66758a',
    colorBgLayout: '#f3f5f8',
    colorBorder: '#c3ced9',
    colorBorderSecondary: '#dfe5ec',
    colorSuccess: '#1d6f42',
    colorWarning: '#9a4a00',
    colorError: '#b3261e',
    // Grounds of notices: mixed from the dark tones above they come out as mud.
    colorSuccessBg: '#edf7f0',
    colorSuccessBorder: '#b9dcc7',
    colorWarningBg: '#fff5e6',
    colorWarningBorder: '#ecd0a8',
    colorErrorBg: '#fff1f0',
    colorErrorBorder: '#ecc1bd',
    colorLink: '#0b5cad',
    borderRadius: 6,
    fontSize: 15,
    fontFamily:
      "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB',system-ui,sans-serif",
  },
  components: {
    Layout: { headerBg: '#0b3b66', siderBg: '#ffffff', headerHeight: 56 },
    Table: { cellPaddingBlock: 10, headerBg: '#eaf0f6', headerColor: '#1b2733' },
    Menu: { itemSelectedBg: '#e3eefa', itemSelectedColor: '#0b3b66' },
  },
};
