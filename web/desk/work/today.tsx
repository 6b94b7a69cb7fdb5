import { useTexts } from '../../shared/i18n/use-texts.ts';
import { WORK_TEXTS } from '../texts/work.ts';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';

export default function Today() {
  const t = useTexts(WORK_TEXTS);
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      <Nothing what={t('none')} now={t('none-now')} />
    </PageFrame>
  );
}
