import { html, type Html } from './html.ts';
import type { CustomerView, Situation } from './view.ts';
import { HOLDS, inLang, momentText, money, NOTICES, type Words } from './words.ts';
import type { Lang } from '../../http/caller.ts';

interface Line {
  at: string;
  words: Words;
}

const ENDED: Readonly<Record<string, Words>> = {
  'dispute-upheld': ['异议成立', 'your dispute was upheld'],
  'dispute-rejected': ['异议不成立', 'your dispute was not upheld'],
  paid: ['已缴清', 'paid'],
  'plan-kept': ['分期已按时缴清', 'the plan was kept'],
  'plan-broken': ['分期未按时缴费', 'the plan was not kept'],
  'claim-checked': ['缴费情况已核对', 'the payment was checked'],
};

/** What happened so far, newest first. */
export function linesOf(view: Situation): Line[] {
  const lines: Line[] = [];
  const say = (at: string | null, zh: string, en: string): void => {
    if (at !== null) lines.push({ at, words: [zh, en] });
  };
  say(view.head?.openedAt ?? null, '因欠费开始催缴', 'collection of the arrears began');
  for (const notice of view.notices) {
    const [zh, en] = NOTICES[notice.kind] ?? ['通知', 'notice'];
    say(
      notice.occurredAt,
      `开出${zh}，${money(notice.sumFen)}`,
      `${en} over ${money(notice.sumFen)} written`,
    );
    say(notice.servedAt, `${zh}已送达`, `${en} served`);
  }
  for (const { amountFen, occurredAt, isPosted, isReversed } of view.payments) {
    const sum = money(amountFen);
    const [zh, en] = isReversed
      ? ['（后被退回）', ' (taken back later)']
      : isPosted
        ? ['', '']
        : ['（等待入账）', ' (not posted yet)'];
    say(occurredAt, `您缴费 ${sum}${zh}`, `you paid ${sum}${en}`);
  }
  for (const hold of view.holds) {
    const [zh, en] = HOLDS[hold.kind] ?? ['', ''];
    say(hold.occurredAt, `程序暂停：${zh}`, `paused: ${en}`);
    const [endZh, endEn] = ENDED[hold.endReason ?? ''] ?? ['', ''];
    say(
      hold.endedAt,
      `暂停结束${endZh === '' ? '' : `：${endZh}`}`,
      `the pause ended${endEn === '' ? '' : `: ${endEn}`}`,
    );
  }
  say(view.stop?.occurredAt ?? null, '中止供电', 'supply was stopped');
  say(view.stop?.causeAt ?? null, '恢复供电的条件已具备，开始抢送', 'restoration became due');
  say(view.stop?.restoredAt ?? null, '灯亮了，供电已恢复', 'the light is back');
  return lines.sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** What happened so far, newest first, in plain words (K8.1). */
export function historySection(view: CustomerView, lang: Lang): Html {
  const t = inLang(lang);
  const lines = linesOf(view);
  if (lines.length === 0) return html``;
  return html`<section>
    <details>
      <summary>${t(['经过', 'What happened so far'])}（${lines.length}）</summary>
      <ol reversed>
        ${lines.map(
          ({ at, words }) =>
            html`<li><time datetime="${at}">${momentText(at, lang)}</time><br />${t(words)}</li>`,
        )}
      </ol>
    </details>
  </section>`;
}
