import type { readCreditFile } from '../../../db/credit/read-credit-file.ts';
import { LETTER_WORDS, MEASURE_WORDS, OBJECTION_WORDS, RECORD_WORDS, VALUE_WORDS } from './credit-words.ts';
import { document, html, type Html } from './html.ts';
import { SAID } from './page.ts';
import { href, langField, type At } from './sections.ts';
import { dayOf, dayText, inLang, momentText, money, type Words } from './words.ts';

export type CreditFileRead = Awaited<ReturnType<typeof readCreditFile>>;

const wordOf = (words: Readonly<Record<string, Words>>, code: string): Words => words[code] ?? [code, code];

function standingSection({ standing, grades, scores, draws }: CreditFileRead, at: At): Html {
  const t = inLang(at.lang);
  const value = (code: string): string => t(wordOf(VALUE_WORDS, code));
  if (standing === null)
    return html`<section class="state">
      <h1>${t(['您的用电信用尚未评定', 'Your credit has not been judged yet'])}</h1>
    </section>`;
  const [line] = grades;
  const [score] = scores;
  return html`<section class="state">
    <h1>${t(['我的用电信用', 'My credit'])}</h1>
    <p class="sum">${value(standing.grade)} · ${value(standing.colour)}</p>
    ${
      standing.objectedAt !== null &&
      html`<p class="note">
        ${t(['您的异议正在核查，期间对您不利的措施全部中止。', 'Your objection is being looked into; until then nothing adverse works on you.'])}
      </p>`
    }${
      line !== undefined &&
      html`<p>${line.why[at.lang]}</p>
        <p>${line.colourWhy[at.lang]}</p>`
    }${
      line !== undefined &&
      line.grade !== standing.grade &&
      html`<p class="small">
        ${t(['最新评定须经人工决定并告知您之后才生效，目前仍按上方等级对待。', 'The newest judgement holds only after a person has decided and you were told; until then the grade above counts.'])}
      </p>`
    }${score !== undefined && html`<p>${score.why[at.lang]}</p>`}${draws.map(
      ({ year }) =>
        html`<p class="note">
          ${t([
            `恭喜：您在 ${year} 年度 A 级用户抽奖中被抽中，荣誉证书和奖励由我们当面颁发。`,
            `Congratulations: you were drawn among the A customers of ${year}; we hand you the certificate and the reward.`,
          ])}
        </p>`,
    )}
  </section>`;
}

function measuresSection({ measures, rights }: CreditFileRead, at: At): Html {
  const t = inLang(at.lang);
  const asked = measures.filter(
    ({ status, effect }) => ['open', 'accepted', 'suspended'].includes(status) && effect !== 'duty',
  );
  return html`<section>
    <h2>${t(['您享有的权益', 'What you are entitled to'])}</h2>
    ${
      rights.length === 0
        ? html`<p>${t(['目前没有。', 'Nothing at present.'])}</p>`
        : html`<ul>
            ${rights.map(({ kind }) => html`<li>${t(wordOf(MEASURE_WORDS, kind))}</li>`)}
          </ul>`
    }
    ${
      asked.length > 0 &&
      html`<h2>${t(['我们的建议与要求', 'What we propose or ask'])}</h2>
        <ul>
          ${asked.map(
            ({ kind, dueOn, amountFen, status }) =>
              html`<li>
                ${t(wordOf(MEASURE_WORDS, kind))}${amountFen !== null && html`，${money(amountFen)}`}，${t(['期限', 'by'])}
                ${dayText(dueOn, at.lang)}${status === 'suspended' && html`（${t(['中止', 'rests'])}）`}
              </li>`,
          )}
        </ul>`
    }
  </section>`;
}

function recordsSection({ records, letters }: CreditFileRead, at: At): Html {
  const t = inLang(at.lang);
  return html`<section>
    <h2>${t(['记录', 'Records'])}</h2>
    ${
      records.length === 0
        ? html`<p>${t(['没有记录。', 'There is none.'])}</p>`
        : html`<ul>
            ${records.map(
              (record) =>
                html`<li>
                  ${dayText(record.occurredOn, at.lang)}
                  ${t(wordOf(RECORD_WORDS, record.kind))}：${record.description}
                  <span class="small"
                    >${record.sourceName}；${t(record.counts ? ['计入评定', 'counts'] : ['不计入', 'does not count'])}</span
                  >
                </li>`,
            )}
          </ul>`
    }
    <h2>${t(['我们寄发的函件', 'Letters'])}</h2>
    ${
      letters.length === 0
        ? html`<p>${t(['没有。', 'None.'])}</p>`
        : html`<ul>
            ${letters.map(
              ({ kind, recordedAt, servedAt }) =>
                html`<li>
                  ${dayOf(recordedAt, at.lang)} ${t(wordOf(LETTER_WORDS, kind))}
                  <span class="small"
                    >${servedAt === null ? t(['尚未送达', 'not served yet']) : html`${t(['送达', 'served'])} ${momentText(servedAt, at.lang)}`}</span
                  >
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

function historySection({ grades, moves }: CreditFileRead, at: At): Html {
  const t = inLang(at.lang);
  const value = (code: string): string => t(wordOf(VALUE_WORDS, code));
  return html`<section>
    <details>
      <summary>${t(['历月评定', 'Month by month'])}（${grades.length}）</summary>
      <ul>
        ${grades.map(({ month, why }) => html`<li>${month.slice(0, 7)}：${why[at.lang]}</li>`)}
      </ul>
    </details>
    <details>
      <summary>${t(['变动历史', 'What changed'])}（${moves.length}）</summary>
      <ul>
        ${moves.map(
          ({ onDate, from, to }) =>
            html`<li>${dayText(onDate, at.lang)}：${from === null ? '—' : value(from)} → ${value(to)}</li>`,
        )}
      </ul>
    </details>
  </section>`;
}

function objectSection({ objections, records }: CreditFileRead, at: At): Html {
  const t = inLang(at.lang);
  return html`<section>
    <h2>${t(['认为评定有误？', 'Is this wrong?'])}</h2>
    ${
      objections.length > 0 &&
      html`<ul>
        ${objections.map(
          ({ status, dueAt }) =>
            html`<li>
              ${t(['您的异议', 'Your objection'])}：${t(wordOf(OBJECTION_WORDS, status))}${
                ['open', 'checking'].includes(status) &&
                html`，${t(['最迟答复时间', 'answered at the latest by'])} ${momentText(dueAt, at.lang)}`
              }
            </li>`,
        )}
      </ul>`
    }
    <form method="post" action="${at.base}/object">
      ${langField(at)}<label
        >${t(['对什么有异议？', 'What about?'])}<select name="about">
          <option value="grade">${t(['信用等级', 'the grade'])}</option>
          <option value="colour">${t(['信用颜色', 'the colour'])}</option>
          <option value="score">${t(['信用评分', 'the score'])}</option>
          ${records
            .filter(({ counts }) => counts)
            .map(
              ({ recordId, kind, occurredOn }) =>
                html`<option value="record:${recordId}">
                  ${dayText(occurredOn, at.lang)} ${t(wordOf(RECORD_WORDS, kind))}
                </option>`,
            )}
        </select></label
      ><label
        >${t(['理由', 'Why'])}<textarea name="reason" rows="3" maxlength="500" required></textarea></label
      ><button class="soft">
        ${t(['提出异议（三个工作日内答复）', 'Object (answered in three working days)'])}
      </button>
    </form>
  </section>`;
}

/** The customer's own credit file behind their link (K4.1, K8.1), and the way to object (K8.2). */
export function creditPage(file: CreditFileRead, at: At, justSaid: string | undefined): string {
  const t = inLang(at.lang);
  const said = SAID[justSaid ?? ''];
  const other =
    at.lang === 'zh'
      ? html`<a href="${at.base}/credit?lang=en" lang="en">English</a>`
      : html`<a href="${at.base}/credit" lang="zh-CN">中文</a>`;
  return document({
    lang: at.lang,
    title: t(['我的用电信用', 'My credit']),
    body: html`<header>
        <span><small>${t(['户号尾号', 'Account ending in'])} ${file.accountNo.slice(-4)}</small></span
        >${other}
      </header>
      ${said !== undefined && html`<p class="note" role="alert">${t(said)}</p>`}${standingSection(file, at)}${measuresSection(file, at)}${recordsSection(file, at)}${objectSection(file, at)}${historySection(file, at)}
      <footer class="small">
        <p>
          ${t(['评定标准公开，可向营业厅或 95598 索取；身份信息为保护隐私不在此显示，可凭证件查阅。修复申请请联系 95598。', 'The criteria are public: ask at the counter or call 95598. Your identity is not shown here to protect you; it can be read at the counter. To apply for repair call 95598.'])}
        </p>
        <p><a href="${href(at, '')}">${t(['返回', 'Back'])}</a></p>
      </footer>`,
  });
}
