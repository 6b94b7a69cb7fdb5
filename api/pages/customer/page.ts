import { historySection } from './history.ts';
import { document, html, type Html } from './html.ts';
import * as section from './sections.ts';
import { stateSection } from './state-section.ts';
import type { CustomerView } from './view.ts';
import { inLang, maskedName, momentText, type Words } from './words.ts';

/** What is said once after an act, by its name in the address. */
export const SAID: Readonly<Record<string, Words>> = {
  read: ['谢谢，我们已记录您知晓本通知。', 'Thank you; we have noted that you have read it.'],
  plan: ['申请已收到，答复之前催缴暂停。', 'We have your request; collection is paused until we answer.'],
  dispute: [
    '异议已收到，核查期间不会停电。',
    'We have your dispute; nothing is stopped while it is looked into.',
  ],
  objection: [
    '异议已收到，核查期间对您不利的措施全部中止。',
    'We have your objection; nothing adverse works on you while it is looked into.',
  ],
  decided: [
    '这项异议已经答复过了。仍不同意，请拨打 95598 或向电力管理部门投诉。',
    'This dispute has been answered already. If you still disagree call 95598, or complain to the authority.',
  ],
  light: ['谢谢！已记录灯亮了。', 'Thank you! We have noted that the light is on.'],
  dark: [
    '已通知值班人员马上核查。也请拨打 95598。',
    'Somebody on duty has been told to look at once. Please call 95598, too.',
  ],
  waiting: [
    '还没有收到付款结果。如果您已经付款，一般几分钟内会显示在这里，请不要重复付款。',
    'No payment has arrived here yet. If you have paid it usually shows within minutes; please do not pay twice.',
  ],
  arrived: ['已收到您的付款信息，谢谢。', 'Word of your payment has arrived. Thank you.'],
  'pay-later': [
    '支付页面暂时打不开，请稍后再试，或用平时的方式缴费。',
    'The payment page cannot be opened just now. Please try again later, or pay as you usually do.',
  ],
  'no-amount': [
    '请填写大于零、不超过欠费的金额。',
    'Please give an amount above zero and not above what is owed.',
  ],
  'no-words': ['请写几个字告诉我们。', 'Please tell us in a few words.'],
};

function header(view: CustomerView, at: section.At): Html {
  const t = inLang(at.lang);
  const other =
    at.lang === 'zh'
      ? html`<a href="${at.base}?lang=en" lang="en">English</a>`
      : html`<a href="${at.base}" lang="zh-CN">中文</a>`;
  const { accountNo, companyName } = view.account;
  return html`<header>
    <span
      >${companyName}<br /><small
        >${t(['户号尾号', 'Account ending in'])} ${accountNo.slice(-4)} ·
        ${maskedName(view.customerName)}</small
      ></span
    >${other}
  </header>`;
}

/** The customer's whole page. `said`: what has just happened; `refreshTo`: where to look again by itself. */
export function customerPage(
  view: CustomerView,
  at: section.At,
  just: { said?: string | undefined; refreshTo?: string | undefined } = {},
): string {
  const t = inLang(at.lang);
  const said = SAID[just.said ?? ''];
  return document({
    lang: at.lang,
    title: t(['用电缴费通知', 'Your electricity account']),
    refresh: just.refreshTo === undefined ? undefined : { seconds: 10, to: just.refreshTo },
    body: html`${header(view, at)}${said !== undefined && html`<p class="note" role="alert">${t(said)}</p>`}${stateSection(view, at.lang)}${section.lightSection(view, at)}${section.paySection(view, at)}${section.billsSection(view, at)}${section.plannedSection(view, at)}${section.helpSection(view, at)}${section.noticesSection(view, at)}${historySection(view, at.lang)}
      <p><a href="${section.href(at, '/credit')}">${t(['我的用电信用', 'My credit'])}</a></p>
      <footer class="small">
        <p>
          ${t(['数据时间', 'As of'])} ${momentText(view.now, at.lang)} · ${t(['服务热线', 'Hotline'])}
          <a href="tel:95598">95598</a>
        </p>
        <p>
          ${t(['这个链接只给您本人，有效至', 'This link is for you alone and valid until'])}
          ${momentText(view.link.expiresAt, at.lang)}${t(['。', '.'])}
          ${t(['请不要转发；手机丢失请拨打 95598 作废链接。', 'Please do not pass it on; if your phone is lost call 95598 and have it taken back.'])}
        </p>
      </footer>`,
  });
}

/** What stands between the page and billing's: how much goes where. Nothing is paid here. */
export function handOverPage(at: section.At, payUrl: string, sum: string): string {
  const t = inLang(at.lang);
  return document({
    lang: at.lang,
    title: t(['去缴费', 'To the payment page']),
    body: html`<section class="state amber">
      <h1>${t(['去缴费', 'To the payment page'])}</h1>
      <p class="sum">${sum}</p>
      <p>
        ${t(['下一页是电费系统的收银台。付完会回到这里。', 'The next page is the cash desk of billing. You come back here afterwards.'])}
      </p>
      <a class="go" href="${payUrl}" rel="noreferrer">${t(['打开收银台', 'Open the cash desk'])}</a>
      <p><a href="${section.href(at, '')}">${t(['返回', 'Back'])}</a></p>
    </section>`,
  });
}

/** For people, in place of problem+json: the link is over, or too much was asked. */
export function sorryPage(lang: 'zh' | 'en', words: Words): string {
  const t = inLang(lang);
  return document({
    lang,
    title: t(['链接打不开', 'This link does not open']),
    body: html`<section class="state red">
      <h1>${t(['链接打不开', 'This link does not open'])}</h1>
      <p>${t(words)}</p>
      <p>${t(['请拨打', 'Please call'])} <a href="tel:95598">95598</a></p>
    </section>`,
  });
}
