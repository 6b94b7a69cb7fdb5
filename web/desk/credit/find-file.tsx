import { Button, Form, Input } from 'antd';
import { useNavigate } from 'react-router';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { PageFrame } from '../ui/page-frame.tsx';

/** The way to a credit file: by the account number that stands on every bill. */
export default function FindFile() {
  const t = useTexts(CREDIT_TEXTS);
  const navigate = useNavigate();
  return (
    <PageFrame title={t('files')} lead={t('files-lead')}>
      <Form<{ accountNo: string }>
        layout="inline"
        requiredMark={false}
        onFinish={({ accountNo }) => void navigate(`/credit/files/${encodeURIComponent(accountNo.trim())}`)}
      >
        <Form.Item
          name="accountNo"
          label={t('account-no')}
          rules={[{ required: true, whitespace: true, message: t('account-no-needed') }]}
        >
          <Input autoFocus inputMode="numeric" maxLength={40} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t('open-file')}
        </Button>
      </Form>
    </PageFrame>
  );
}
