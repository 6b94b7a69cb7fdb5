import { Typography } from 'antd';
import type { ApprovalDossier } from '../../../api/shapes/approval.ts';
import { useMe } from '../../shared/api/context.tsx';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { ROLE_TEXTS } from '../../shared/roles.ts';
import { APPROVAL_TEXTS } from '../texts/approvals.ts';
import { Mark } from '../ui/parts.tsx';

/** Who asked and who signs: never one and the same. */
export function FourEyes({ file }: { file: ApprovalDossier }) {
  const t = useTexts(APPROVAL_TEXTS);
  const roles = useTexts(ROLE_TEXTS);
  const me = useMe();
  const nameOf = (personId: string): string =>
    `${file.people[personId] ?? personId}${personId === me.personId ? `（${t('you')}）` : ''}`;
  return (
    <>
      <Typography.Title level={2}>{t('four-eyes')}</Typography.Title>
      <p className="quiet small">{t('four-eyes-lead')}</p>
      <ol className="papers">
        <li>
          <strong>{t('applicant')}</strong> {nameOf(file.applicantId)}
        </li>
        {file.requiredRoles.map((role) => {
          const signed = file.signed.find((one) => one.role === role);
          return (
            <li key={role}>
              <strong>{roles.code(role)}</strong>{' '}
              {signed === undefined ? (
                <span className="quiet">{t('waiting-for')}</span>
              ) : (
                <>
                  {nameOf(signed.approverId)}
                  {signed.forPerson !== signed.approverId &&
                    ` ${t('for-person', { name: nameOf(signed.forPerson) })}`}{' '}
                  <Mark of="approval" code={signed.decision === 'approve' ? 'approved' : 'refused'} />
                  <div className="quiet small">
                    {moment(signed.occurredAt)} · {signed.reason}
                  </div>
                </>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}
