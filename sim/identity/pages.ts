import type { Person } from './people.ts';

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

const STYLE = `
*{box-sizing:border-box}body{margin:0;background:#f3f5f8;color:#1b2733;font:16px/1.6 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.25rem}h1{font-size:1.6rem;margin:0}h2{font-size:1rem;margin:2rem 0 .75rem;color:#44566b}
p{margin:.25rem 0 0;color:#44566b}ul{list-style:none;margin:0;padding:0;display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr))}
button{width:100%;text-align:left;font:inherit;background:#fff;border:1px solid #d5dde6;border-radius:.5rem;padding:.75rem 1rem;cursor:pointer;color:inherit}
button:hover,button:focus-visible{border-color:#0b5cad;outline:2px solid #0b5cad33}strong{display:block;font-size:1.05rem}
small{color:#52657a}.go{width:auto;background:#0b5cad;border-color:#0b5cad;color:#fff;text-align:center;padding:.6rem 2rem;margin-top:1.5rem}`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${STYLE}</style><main>${body}</main></html>`;

const ROLE_NAMES: Readonly<Record<Person['roles'][number], string>> = {
  reader: '抄表员 Reader',
  centre: '抄表中心 Meter-reading centre',
  'team-leader': '抄表班长 Team leader',
  'station-head': '营业站站长 Station head',
  'marketing-manager': '营销经理 Marketing manager',
  'company-head': '公司分管领导 Company manager in charge',
  'company-president': '公司主要负责人 Company head',
  'government-liaison': '政企联络 Government liaison',
  crew: '停送电班组 Crew',
  'clerk-95598': '95598 坐席 Hotline clerk',
  'credit-officer': '信用专责 Credit officer',
  auditor: '审计 Auditor',
  operator: '运维 Operator',
  customer: '用户 Customer',
};

const card = ({ personId, name, roles }: Person): string =>
  `<li><button name="personId" value="${escape(personId)}"><strong>${escape(name)}</strong>${escape(
    roles.map((role) => ROLE_NAMES[role]).join(' · '),
  )}<br><small>${escape(personId)}</small></button></li>`;

/** Everybody of the district, by centre; one click signs in. */
export function signInPage(people: readonly Person[], uid: string): string {
  const staff = people.filter(({ roles }) => !roles.includes('customer'));
  const groups = Map.groupBy(staff, ({ centres }) =>
    centres === '*' ? '全公司 Whole company' : centres.join('、'),
  );
  const lists = [...groups].map(
    ([centre, members]) => `<h2>${escape(centre)}</h2><ul>${members.map(card).join('')}</ul>`,
  );
  return page(
    '登录 Sign in',
    `<h1>模拟身份认证 · Simulated sign-in</h1><p>请选择您的身份。此页仅用于演示，正式环境接入本单位统一认证。</p>
<p>Choose who you are. For trying out only; a real installation uses your own identity provider.</p>
<form method="post" action="/sign-in/${escape(uid)}">${lists.join('')}</form>`,
  );
}

/** `form` is the provider's own, with id `op.logoutForm`. */
export const signOutPage = (form: string): string =>
  page(
    '退出 Sign out',
    `<h1>退出登录 · Sign out</h1><p>确认退出统一认证？ Do you want to sign out?</p>${form}
<button class="go" form="op.logoutForm" name="logout" value="yes" autofocus>退出 Sign out</button>`,
  );

export const signedOutPage = (): string =>
  page('已退出 Signed out', '<h1>已退出 · Signed out</h1><p>可以关闭此窗口。</p>');

export const errorPage = (what: string): string =>
  page('无法登录 Cannot sign in', `<h1>无法登录 · Cannot sign in</h1><p>${escape(what)}</p>`);
