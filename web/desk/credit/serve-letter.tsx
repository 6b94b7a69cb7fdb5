import { Alert, App, Button, Form, Radio } from 'antd';
import { useState } from 'react';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { CREDIT_WORDS } from '../texts/credit-words.ts';
import { ActForm } from '../ui/act-form.tsx';
import { handInProofs, namesOf, ProofField } from '../ui/proof-field.tsx';

/** Whom the API lets prove it. */
const SERVERS = ['reader', 'centre', 'team-leader', 'credit-officer'];
const SERVED_BY = ['signature', 'photo', 'refusal', 'delivery'];

interface Values {
  servedBy: string;
}

function ServeLetterForm({ letterId, onClose }: { letterId: string; onClose: () => void }) {
  const t = useTexts(CREDIT_TEXTS);
  const words = useTexts(CREDIT_WORDS);
  const { message } = App.useApp();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isBare, setBare] = useState(false);
  const act = useAct<Values & { files: readonly string[] }, unknown>(
    async (api, { servedBy }, key) => {
      const proofs = await handInProofs(api, files);
      return api.post(`/credit/letters/${encodeURIComponent(letterId)}/services`, { servedBy, proofs }, key);
    },
    {
      touches: [['credit'], ['tasks']],
      onDone: () => {
        onClose();
        void message.success(t('done'));
      },
    },
  );
  return (
    <ActForm<Values>
      isOpen
      title={t('serve-letter')}
      lead={t('serve-letter-lead')}
      verb={t('serve-letter')}
      isPending={act.isPending}
      error={act.error}
      initial={{ servedBy: 'signature' }}
      onCancel={onClose}
      onSend={(values) => {
        setBare(files.length === 0);
        if (files.length > 0) act.mutate({ ...values, files: namesOf(files) });
      }}
    >
      <Form.Item name="servedBy" label={t('served-by')}>
        <Radio.Group
          className="choices"
          options={SERVED_BY.map((value) => ({ value, label: words.code(`served-by.${value}`) }))}
        />
      </Form.Item>
      <ProofField id="letter-proof" label={t('letter-proof')} onFiles={setFiles} />
      {isBare && files.length === 0 && <Alert type="error" showIcon title={t('letter-proof-needed')} />}
    </ActForm>
  );
}

/** Proves that a letter of credit reached the customer, where somebody had to bring it (L8). */
export function ServeLetter({ letterId }: { letterId: string }) {
  const t = useTexts(CREDIT_TEXTS);
  const { roles } = useMe();
  const [isOpen, setOpen] = useState(false);
  if (!SERVERS.some((role) => roles.includes(role))) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('serve-letter')}
      </Button>
      {isOpen && <ServeLetterForm letterId={letterId} onClose={() => setOpen(false)} />}
    </>
  );
}
