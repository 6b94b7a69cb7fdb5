import { useQuery } from '@tanstack/react-query';
import { Button, Space, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { IncidentItem } from '../../../api/shapes/incident.ts';
import { useApi } from '../../shared/api/context.tsx';
import { moment, yuan } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { INCIDENT_TEXTS } from '../texts/incidents.ts';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { Chip, Reasons } from '../ui/parts.tsx';
import { IncidentForm, type IncidentAct } from './incident-acts.tsx';
import './incidents.css';

type Part = IncidentItem['owed'][number];

const PARTS: readonly Part[] = ['restoration', 'apology', 'compensation', 'cause'];

/** Said once; the others can be corrected until it is closed. */
const MAY_CHANGE: ReadonlySet<Part> = new Set(['compensation', 'cause']);

function Said({ incident, part }: { incident: IncidentItem; part: Part }) {
  const t = useTexts(INCIDENT_TEXTS);
  const { compensationFen, cause } = incident;
  if (incident.owed.includes(part))
    return <span>{t(part === 'restoration' ? 'restore-owed' : `${part}-owed`)}</span>;
  if (part === 'restoration') return <>{t('restore-done', { at: moment(incident.restoredAt) })}</>;
  if (part === 'apology') return <>{t('apology-done', { at: moment(incident.apologyAt) })}</>;
  return <>{part === 'cause' ? cause : yuan(compensationFen ?? 0)}</>;
}

function Line(props: { incident: IncidentItem; part: Part; begin: (act: IncidentAct) => void }) {
  const { incident, part, begin } = props;
  const t = useTexts(INCIDENT_TEXTS);
  const isOwed = incident.owed.includes(part);
  const act: ReactNode =
    incident.mayUpdate && part !== 'restoration' && (isOwed || MAY_CHANGE.has(part)) ? (
      <Button type={isOwed ? 'primary' : 'link'} size="small" onClick={() => begin(part)}>
        {isOwed ? t(`act.${part}`) : t('change')}
      </Button>
    ) : null;
  return (
    <li>
      <Chip tone={isOwed ? (part === 'restoration' ? 'bad' : 'warn') : 'good'}>{t.code(part, 'owed.')}</Chip>
      <div>
        <Said incident={incident} part={part} />
      </div>
      {act}
    </li>
  );
}

function Closing({ incident, begin }: { incident: IncidentItem; begin: (act: IncidentAct) => void }) {
  const t = useTexts(INCIDENT_TEXTS);
  if (incident.closedAt !== null) return <p>{t('closed-at', { at: moment(incident.closedAt) })}</p>;
  if (!incident.mayUpdate) return <p className="quiet">{t('not-yours')}</p>;
  const missing = incident.owed.map((part) => t.code(part, 'owed.')).join('、');
  return (
    <Space wrap>
      <Button type="primary" disabled={missing !== ''} onClick={() => begin('close')}>
        {t('close')}
      </Button>
      {missing !== '' && <span className="quiet">{t('close-not-yet', { parts: missing })}</span>}
    </Space>
  );
}

function Incident({ incident }: { incident: IncidentItem }) {
  const t = useTexts(INCIDENT_TEXTS);
  const [act, setAct] = useState<IncidentAct>();
  return (
    <PageFrame
      title={t('for', { name: incident.customerName })}
      lead={
        <Space size="middle" wrap>
          <Chip tone={incident.kind === 'race' ? 'warn' : 'bad'}>{t.code(incident.kind, 'kind.')}</Chip>
          <span>{incident.accountNo}</span>
          <span>
            {t('stopped-at')} {moment(incident.stoppedAt)}
          </span>
          <Link to={`/service/${encodeURIComponent(incident.accountNo)}`}>{t('open-customer')}</Link>
          {incident.caseId !== null && (
            <Link to={`/cases/${encodeURIComponent(incident.caseId)}`}>{t('open-case')}</Link>
          )}
        </Space>
      }
    >
      <Typography.Title level={2}>{t('why')}</Typography.Title>
      <Reasons reasons={incident.reasons} />
      <Typography.Title level={2}>{t('what-is-owed')}</Typography.Title>
      <ol className="owed-list">
        {PARTS.map((part) => (
          <Line key={part} incident={incident} part={part} begin={setAct} />
        ))}
      </ol>
      <Closing incident={incident} begin={setAct} />
      {act !== undefined && <IncidentForm incident={incident} what={act} onClose={() => setAct(undefined)} />}
    </PageFrame>
  );
}

/** One wrongful stop: what was wrong, what is owed, and what has been done (T3.4). */
export default function IncidentPage() {
  const { incidentId = '' } = useParams();
  const { lang } = useTexts(INCIDENT_TEXTS);
  const api = useApi();
  const query = useQuery({
    queryKey: ['incidents', incidentId, lang],
    queryFn: () => api.get<IncidentItem>(`/incidents/${encodeURIComponent(incidentId)}`),
  });
  return <Shown query={query}>{(incident) => <Incident incident={incident} />}</Shown>;
}
