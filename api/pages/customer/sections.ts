import type { Lang } from '../../http/caller.ts';
import { html, type Html } from './html.ts';
import type { CustomerView } from './view.ts';
import { dayOf, dayText, inLang, momentText, money, NOTICES, STEPS } from './words.ts';

/** What every form needs: where the page is, and its language. */
export interface At {
  base: string;
  lang: Lang;
}

/** Keeps the language of the page with what is sent. */
export const langField = ({ lang }: At): Html => html`<input type="hidden" name="lang" value="${lang}" />`;

/** The address of a part of the page, in the page's language. */
export const href = ({ base, lang }: At, path: string): string =>
  `${base}${path}${lang === 'en' ? '?lang=en' : ''}`;

/** Bills one by one, and why a late fee grows (L4). */
export function billsSection({ debt }: CustomerView, { lang }: At): Html {
  const t = inLang(lang);
  if (debt.bills.length === 0) return html``;
  return html`<section>
    <h2>${t(['欠什么费，为什么', 'What is owed, and why'])}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${t(['月份', 'Month'])}</th>
          <th scope="col">${t(['截止日', 'Due'])}</th>
          <th scope="col" class="n">${t(['电费', 'Electricity'])}</th>
          <th scope="col" class="n">${t(['违约金', 'Late fee'])}</th>
        </tr>
      </thead>
      <tbody>
        ${debt.bills.map(
          (bill) =>
            html`<tr>
              <td>${bill.period}</td>
              <td>${dayText(bill.dueDate, lang)}</td>
              <td class="n">${money(bill.openFen)}</td>
              <td class="n">${money(bill.lateFeeFen)}</td>
            </tr>`,
        )}
        <tr>
          <th scope="row" colspan="2">${t(['合计', 'In all'])}</th>
          <td class="n">${money(debt.principalFen)}</td>
          <td class="n">${money(debt.lateFeeFen)}</td>
        </tr>
      </tbody>
    </table>
    <p class="small">
      ${t([
        '以上电费过了缴费截止日还没有缴。违约金从截止日次日起按天计算，缴清后不再计。有争议的账单不算在内。',
        'These bills are past their due date. The late fee grows by the day from the day after it, and stops when you pay. Disputed bills are not counted.',
      ])}
    </p>
  </section>`;
}

/** The next steps if nothing is done, or that nothing will happen. */
export function plannedSection(view: CustomerView, { lang }: At): Html {
  const t = inLang(lang);
  const steps = view.planned.filter(({ step }) => step in STEPS);
  if (view.debt.sumFen === 0 || steps.length === 0 || view.stop?.inForce === true) return html``;
  return html`<section>
    <h2>${t(['如果一直不缴，会发生什么', 'What happens if it is not paid'])}</h2>
    <ol>
      ${steps.map(({ at, step }) => {
        const [words, isDay] = STEPS[step] ?? [['', ''] as const, true];
        return html`<li>
          <time datetime="${at}">${isDay ? dayOf(at, lang) : momentText(at, lang)}</time><br />${t(words)}
        </li>`;
      })}
    </ol>
    <p class="small">
      ${t(['每一步之前都会再查您是否已缴费；缴清后全部取消。', 'Before each step we look again whether you have paid; paying cancels all of it.'])}
    </p>
  </section>`;
}

/** The way to billing's payment page, for the sum that clears, for all, or for another sum (T1.2). */
export function paySection({ due, debt, standing }: CustomerView, at: At): Html {
  const t = inLang(at.lang);
  if (due.fen === 0 && debt.sumFen === 0) return html``;
  if (standing === 'pending') return html``;
  const button = (what: string, words: string, style: string) =>
    html`<button class="${style}" name="what" value="${what}">${words}</button>`;
  return html`<section>
    <h2>${t(['缴费', 'Pay'])}</h2>
    <form method="post" action="${at.base}/pay">
      ${langField(at)}${due.fen > 0 && button('due', `${t(['去缴', 'Pay'])} ${money(due.fen)}`, '')}${
        due.for !== 'all' &&
        debt.sumFen > due.fen &&
        button('all', `${t(['缴清全部欠费', 'Pay all that is overdue'])} ${money(debt.sumFen)}`, 'soft')
      }
    </form>
    <details>
      <summary>${t(['先缴一部分', 'Pay a part'])}</summary>
      <form method="post" action="${at.base}/pay">
        ${langField(at)}<label
          >${t(['金额（元）', 'Amount (yuan)'])}<input
            type="text"
            name="amount"
            inputmode="decimal"
            pattern="[0-9]+(.[0-9]{1,2})?"
            required /></label
        ><button class="soft" name="what" value="part">${t(['去缴这一部分', 'Pay this part'])}</button>
        <p class="small">
          ${t(['缴一部分会让催缴暂停三个工作日，但不会取消。', 'A part payment pauses the procedure for three working days; it does not end it.'])}
        </p>
      </form>
    </details>
  </section>`;
}

/** Supply is being brought back, or is back: the customer says whether the light is on. */
export function lightSection({ stop, standing }: CustomerView, at: At): Html {
  const t = inLang(at.lang);
  if (standing === 'restoring' && stop?.isUnderWay === true)
    return html`<section>
      <h2>${t(['家里来电了吗？', 'Is the light on?'])}</h2>
      <form method="post" action="${at.base}/light">
        ${langField(at)}<label
          ><input type="checkbox" name="sure" value="yes" required />
          ${t(['我看过了，家里的灯已经亮了', 'I have looked: the light at home is on'])}</label
        ><button>${t(['灯亮了', 'The light is on'])}</button>
      </form>
    </section>`;
  if (standing === 'restored')
    return html`<section>
      <form method="post" action="${at.base}/dark">
        ${langField(at)}<button class="soft">${t(['家里还是没有电', 'It is still dark here'])}</button>
      </form>
      <p class="small">${t(['也可以马上拨打 95598。', 'Or call 95598 at once.'])}</p>
    </section>`;
  return html``;
}

/** Ask for a plan, or disagree, each with its clock (T1.2, L5). */
export function helpSection(view: CustomerView, at: At): Html {
  const t = inLang(at.lang);
  const { holds, debt, due } = view;
  const owes = debt.sumFen > 0 || due.fen > 0;
  const open = (kind: string) => holds.find((hold) => hold.kind === kind && hold.endedAt === null);
  const dispute = open('dispute');
  const hasAsked = view.activeHolds.some(({ kind }) => kind === 'plan-asked');
  const plan = !owes
    ? html``
    : hasAsked
      ? html`<p class="note">
          ${t(['已收到您的分期申请，工作人员会在一个工作日内联系您；答复之前催缴暂停。', 'We have your request for a plan and will call you within one working day; collection is paused until then.'])}
        </p>`
      : html`<details>
          <summary>${t(['付不起，想分期或缓缴', 'I cannot pay at once'])}</summary>
          <form method="post" action="${at.base}/plan">
            ${langField(at)}<label
              >${t(['您打算怎么缴？（例如分三个月）', 'How could you pay? (e.g. over three months)'])}<textarea
                name="wish"
                rows="3"
                maxlength="500"
                required
              ></textarea></label
            ><button class="soft">${t(['申请分期', 'Ask for a plan'])}</button>
          </form>
        </details>`;
  const disagree =
    dispute === undefined
      ? html`<details>
          <summary>${t(['我不同意', 'I disagree'])}</summary>
          <form method="post" action="${at.base}/dispute">
            ${langField(at)}
            <fieldset>
              <legend>${t(['对什么有异议？', 'What about?'])}</legend>
              <label
                ><input type="radio" name="about" value="billing" checked />
                ${t(['电费金额不对', 'The bill is wrong'])}
                <span class="small"
                  >${t(['（五个工作日内答复）', '(answered in five working days)'])}</span
                ></label
              >
              <label
                ><input type="radio" name="about" value="stop" />
                ${t(['不应该停电', 'There should be no stop'])}
                <span class="small"
                  >${t(['（三个工作日内答复）', '(answered in three working days)'])}</span
                ></label
              >
            </fieldset>
            <label
              >${t(['理由', 'Why'])}<textarea
                name="reason"
                rows="3"
                maxlength="500"
                required
              ></textarea></label
            ><button class="soft">${t(['提出异议', 'Send'])}</button>
          </form>
        </details>`
      : html`<p class="note">
          ${t(['您的异议正在核查，最迟答复时间：', 'Your dispute is being looked into; answered at the latest by: '])}<b
            >${dispute.decisionDueAt === null ? '—' : momentText(dispute.decisionDueAt, at.lang)}</b
          >
        </p>`;
  return html`<section>
    <h2>${t(['有困难或有异议', 'Trouble, or a dispute'])}</h2>
    ${plan}${disagree}
    <p class="note">
      ${t(['家中有人靠用电维持生命（呼吸机、制氧机等）：请马上拨打 ', 'Somebody at home depends on electricity to live (ventilator, oxygen)? Call at once: '])}<a
        href="tel:95598"
        >95598</a
      >
    </p>
  </section>`;
}

/** The notices as they were written; the button by which the customer says that they were read (L8). */
export function noticesSection(view: CustomerView, at: At): Html {
  const t = inLang(at.lang);
  const list = view.notices.map(
    ({ kind, attempt, occurredAt }) =>
      html`<li>
        <a href="${href(at, `/notices/${kind}/${attempt}.pdf`)}"
          >${t(NOTICES[kind] ?? ['通知', 'Notice'])}（PDF）</a
        >
        <time datetime="${occurredAt}">${dayOf(occurredAt, at.lang)}</time>
      </li>`,
  );
  const read =
    view.link.readAt !== null
      ? html`<p class="small">
          ${t(['谢谢，我们已记录您知晓本通知。', 'Thank you; we have noted that you have read it.'])}
        </p>`
      : html`<form method="post" action="${at.base}/read">
          ${langField(at)}<button class="soft">${t(['我已阅读并知晓', 'I have read and understood'])}</button>
        </form>`;
  return html`<section>
    <h2>${t(['通知书', 'Notices'])}</h2>
    ${
      list.length > 0
        ? html`<ul>
            ${list}
          </ul>`
        : html`<p>${t(['当前没有通知。', 'There is no notice.'])}</p>`
    }${read}
  </section>`;
}
