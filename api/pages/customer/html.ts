/** Text that is safe to stand in a page. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | false | null | undefined | readonly Part[];

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

function textOf(part: Part): string {
  if (part === false || part === null || part === undefined) return '';
  if (typeof part === 'string') return escape(part);
  if (typeof part === 'number') return String(part);
  if ('html' in part) return part.html;
  return part.map(textOf).join('');
}

/** A piece of page; what is put in is escaped unless it is such a piece itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((text, at) => `${text}${at < parts.length ? textOf(parts[at]) : ''}`).join(''),
});

const STYLE = `
*{box-sizing:border-box}
body{font:20px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0;background:#f4f4f1;color:#1b1b1b}
main{margin:0 auto;max-width:38rem;padding:1rem}
header{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;font-size:1rem}
h1{font-size:1.55rem;line-height:1.3;margin:.4rem 0}h2{font-size:1.2rem;margin:0 0 .5rem}
section{background:#fff;border-radius:.6rem;padding:1rem;margin:.8rem 0}
.state{border-left:.5rem solid #555}.red{border-color:#b3261e}.amber{border-color:#8a5a00}.green{border-color:#0a6b2d}
.sum{font-size:2.2rem;font-weight:700;line-height:1.2;margin:.3rem 0}
table{border-collapse:collapse;width:100%;font-size:1rem}th,td{text-align:left;padding:.35rem .3rem;border-bottom:1px solid #ddd}
td.n,th.n{text-align:right;white-space:nowrap}
ol{padding-left:1.4rem;margin:.3rem 0}li{margin:.35rem 0}time{color:#444}
button,.go{display:block;width:100%;font:inherit;font-weight:600;text-align:center;padding:.75rem 1rem;margin:.6rem 0;border:0;border-radius:.5rem;background:#0b4f9e;color:#fff;text-decoration:none}
.soft{background:#e6ecf4;color:#0b2f5c}
label{display:block;margin:.6rem 0}input[type=text],input[type=number],textarea,select{font:inherit;width:100%;padding:.5rem;border:1px solid #767676;border-radius:.4rem;background:#fff}
fieldset{margin:.6rem 0;padding:0 .7rem;border:1px solid #767676;border-radius:.4rem}legend{padding:0 .3rem}
input[type=checkbox],input[type=radio]{width:1.3rem;height:1.3rem;vertical-align:-.2rem}
summary{font-weight:600;padding:.4rem 0;cursor:pointer}a{color:#0b4f9e}
:focus-visible{outline:3px solid #e08a00;outline-offset:2px}
.note{background:#fff6d6;padding:.6rem .8rem;border-radius:.4rem}small,.small{font-size:.9rem;color:#444}
`;

/** No script runs on these pages, and nothing is loaded from anywhere. */
export const PAGE_POLICY =
  "default-src 'self'; style-src 'unsafe-inline'; script-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A whole page. `refreshSeconds` asks again by itself, without a script. */
export function document(page: {
  lang: 'zh' | 'en';
  title: string;
  refresh?: { seconds: number; to: string } | undefined;
  body: Html;
}): string {
  const { lang, title, refresh, body } = page;
  const again =
    refresh === undefined
      ? ''
      : html`<meta http-equiv="refresh" content="${refresh.seconds}; url=${refresh.to}" />`;
  return html`<!doctype html>
    <html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${again}
        <style>
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`.html;
}
