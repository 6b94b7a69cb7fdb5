import { Button, Form, Modal, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../../shared/api/problem.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import { LIST_TEXTS } from '../texts/list.ts';

interface Props<Values extends object> {
  readonly isOpen: boolean;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly verb: string;
  readonly isDanger?: boolean;
  readonly isPending: boolean;
  readonly error: ApiProblem | null;
  readonly initial?: Partial<Values>;
  readonly form?: FormInstance<Values>;
  readonly onCancel: () => void;
  readonly onSend: (values: Values) => void;
  readonly children: ReactNode;
}

/** A window for one act: what it does, what it needs, and the problem where it is refused; what was typed stays until the window is shut. */
export function ActForm<Values extends object>(props: Props<Values>) {
  const { isOpen, title, lead, verb, isDanger = false, isPending, error, initial, onCancel, onSend } = props;
  const t = useTexts(LIST_TEXTS);
  const [own] = Form.useForm<Values>();
  const form = props.form ?? own;
  return (
    <Modal open={isOpen} title={title} onCancel={onCancel} footer={null} destroyOnHidden>
      {lead !== undefined && <p className="quiet">{lead}</p>}
      <Form<Values>
        form={form}
        clearOnDestroy
        layout="vertical"
        requiredMark={false}
        {...(initial === undefined ? {} : { initialValues: initial })}
        onFinish={onSend}
      >
        {props.children}
        {error !== null && <Broken problem={error} />}
        <div className="act-buttons">
          <Button onClick={onCancel}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" danger={isDanger} loading={isPending}>
            {verb}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
