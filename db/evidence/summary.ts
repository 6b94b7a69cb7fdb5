import type { EvidenceRow } from './format.ts';

type Parts = Record<string, EvidenceRow[]>;

const yuan = (fen: unknown): string => `¥${(Number(fen) / 100).toFixed(2)}`;
const SHANGHAI_MS = 8 * 3_600_000;

/** An instant as people in Shanghai write it; what is none stays a dash. */
function at(value: unknown): string {
  if (typeof value !== 'string') return '–';
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) return value;
  return new Date(ms + SHANGHAI_MS).toISOString().slice(0, 19).replace('T', ' ');
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '–';

const list = (rows: readonly EvidenceRow[] | undefined, line: (row: EvidenceRow) => string): string[] =>
  rows === undefined || rows.length === 0 ? ['- 无 none'] : rows.map((row) => `- ${line(row)}`);

const codes = (value: unknown): string =>
  Array.isArray(value) && value.length > 0
    ? ` (${value.map((reason: { code?: string }) => reason.code ?? '').join(', ')})`
    : '';

function head(parts: Parts): string[] {
  const [account = {}] = parts['account'] ?? [];
  const [stop = {}] = parts['stop'] ?? [];
  return [
    `# 停电证据 Evidence of a stop`,
    ``,
    `户号 account ${text(account['account_no'])} · 电表 meter ${text(stop['meter_no'])} · 停电 stopped ${at(stop['occurred_at'])}`,
    `性质 classification: ${text(stop['classification'])} · 方式 method: ${text(stop['method'])} · 欠费 principal: ${yuan(stop['principal_fen'])}`,
  ];
}

/** The readable half of an evidence file: what was done, when, by whom, in the order of the procedure (T2, T3). */
export function evidenceSummary(parts: Parts): string {
  const sections: [string, string[]][] = [
    [
      '通知与送达 Notices and their service',
      [
        ...list(
          parts['notices'],
          (n) =>
            `${text(n['kind'])} #${text(n['attempt'])}: ${yuan(n['sum_fen'])}, ${text(n['status'])}, 送达 served ${at(n['served_at'])}`,
        ),
        ...list(
          parts['services'],
          (s) =>
            `${at(s['occurred_at'])} ${text(s['method'])} by ${text(s['recorded_by'])}: ${s['counts'] === true ? '有效 counts' : '无效 does not count'}${codes(s['reasons'])}`,
        ),
      ],
    ],
    [
      '审批 Approval',
      list(
        parts['signatures'],
        (s) =>
          `${at(s['occurred_at'])} ${text(s['decision'])} by ${text(s['approver_id'])}: ${text(s['reason'])}`,
      ),
    ],
    [
      '电话与短信 Calls and messages',
      list(
        parts['messages'],
        (m) => `${at(m['occurred_at'])} ${text(m['channel'])} ${text(m['purpose'])}: ${text(m['status'])}`,
      ),
    ],
    [
      '核查与判定 Checks and decisions',
      list(
        parts['decisions'],
        (d) =>
          `${at(d['occurred_at'])} ${text(d['question'])}: ${text(d['outcome'])}${codes(d['reasons'])}${codes(d['missing'])}, 规则 rules ${text(d['rulebook_version'])}`,
      ),
    ],
    [
      '许可与执行 Permit and execution',
      [
        ...list(
          parts['permits'],
          (p) =>
            `${at(p['occurred_at'])} ${text(p['permit_id'])} for ${text(p['crew_id'])}: ${text(p['status'])}`,
        ),
        ...list(
          parts['stop'],
          (s) => `${at(s['occurred_at'])} ${text(s['method'])}, 许可 permit ${text(s['permit_id'])}`,
        ),
      ],
    ],
    [
      '复电 Restoration',
      [
        ...list(parts['triggers'], (t) => `${at(t['occurred_at'])} ${text(t['kind'])}`),
        ...list(
          parts['restoration'],
          (r) =>
            `应复电 deadline ${at(r['deadline_at'])}, 已复电 restored ${at(r['restored_at'])}${r['missed'] === true ? ', 逾期 missed' : ''}`,
        ),
      ],
    ],
  ];
  return [
    ...head(parts),
    ...sections.flatMap(([title, lines]) => ['', `## ${title}`, '', ...lines]),
    '',
    `历史 ${parts['audit']?.length ?? 0} 条，逐条链接 lines of history, each linked to the one before.`,
    '',
  ].join('\n');
}
