import { describe, expect, test } from 'vitest';
import { authorityLetter } from '../../papers/letters/authority.ts';
import { missLetter, missReport } from '../../papers/letters/miss.ts';
import { printNotice } from '../../papers/notices/print-notice.ts';
import { serviceSheet } from '../../papers/notices/service-sheet.ts';
import { printPaper, type Paper } from '../../papers/sheet/print.ts';
import { ticketPaper } from '../../papers/tickets/ticket.ts';
import { readPdf } from '../support/pdf-text.ts';
import { EVERY_PAPER } from './every-paper.ts';
import * as sample from './samples.ts';

const textOf = async (paper: Paper): Promise<string> => readPdf(await printPaper(paper)).text;
const textOfNotice = async (...of: Parameters<typeof sample.notice>): Promise<string> =>
  readPdf(await printNotice(sample.notice(...of))).text;

describe.each(EVERY_PAPER)('$name', ({ usual: print }) => {
  test('is the same bytes each time, its fonts are embedded, every letter can be read', async () => {
    const [once, again] = [await print(), await print()];
    expect(once.equals(again)).toBe(true);
    const { fonts, text, pages } = readPdf(once);
    expect(pages).toBe(1);
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.filter(({ embedded }) => !embedded)).toEqual([]);
    expect(text).not.toContain('\ufffd');
  });

  test('T1.1: names laws, and no article of them: none is confirmed', async () => {
    expect(readPdf(await print()).text).not.toMatch(/第[〇零一二三四五六七八九十百\d]+条/);
  });
});

describe('a notice', () => {
  test('T2.1: the yellow one names amount, last day to pay and exact stop time', async () => {
    const text = await textOfNotice('yellow', sample.stopFacts(2));
    expect(text).toContain('黄色欠费电费催收通知书');
    expect(text).toContain('张三丰：您户（户号320899000001，用电地址：淮阴区长江路1号2栋301室');
    expect(text).toContain('人民币（大写）贰佰伍拾叁元叁角叁分（小写¥253.33）');
    expect(text).toContain('其中电费本金¥246.91，电费违约金¥6.42（计至2026年11月24日）');
    expect(text).toContain('最迟于2026年11月30日缴清');
    expect(text).toContain('于2026年12月1日10时00分至11时00分对您户中止供电');
    expect(text).toContain('送达回执');
  });

  test('T2.2: the red one names the sum that clears, the last day and the interval; receipt and body agree', async () => {
    const text = await textOfNotice('red', sample.stopFacts(1), 2);
    expect(text).toContain('红色欠费中止供电通知书编号：停电〔2026〕320899000001-1124-2号');
    expect(text).toContain('缴清金额人民币（大写）壹佰贰拾陆元陆角陆分（小写¥126.66）');
    expect(text).toContain('最后缴费日2026年11月30日');
    expect(text.match(/2026年12月1日10时00分至11时00分/g)).toHaveLength(2);
    expect(text).toContain('24小时内恢复供电');
  });

  test('T1.2: the first reminder threatens nothing', async () => {
    const text = await textOfNotice('first-dunning');
    expect(text).toContain('¥126.66');
    expect(text).not.toMatch(/中止供电|停电/);
  });

  test('every bill stands on it, however many there are; the head of the table on each page', async () => {
    const { pages, text } = readPdf(await printNotice(sample.notice('red', sample.stopFacts(120))));
    expect(pages).toBeGreaterThan(3);
    for (let bill = 0; bill < 120; bill += 1) expect(text).toContain((123.45 + bill / 100).toFixed(2));
    expect(text).toContain('合计共120笔');
    expect(text.match(/电费月份缴费截止日/g)?.length).toBeGreaterThan(2);
  });

  test('rare characters of names are right; what the font lacks is named, never an empty box', async () => {
    const text = await textOfNotice('red', sample.stopFacts(1, { customerName: '㛃䶮𬍛喆𠮷' }));
    expect(text).toContain('㛃䶮𬍛喆〔U+20BB7〕：');
  });

  test('long names and addresses lose no letter', async () => {
    const customerName =
      '淮安市淮阴区王家营街道长江东路社区经济股份合作联合社农贸市场物业管理有限责任公司'.repeat(3);
    const address =
      '江苏省淮安市淮阴区王家营街道长江东路一百二十八号金色家园三期二十七栋乙单元一千九百零三室'.repeat(4);
    const text = await textOfNotice('yellow', sample.stopFacts(3, { customerName, address }));
    expect(text).toContain(`${customerName}：`);
    expect(text).toContain(address);
  });

  test('one without a link has no code, and is printed all the same', async () => {
    const { link: _, ...facts } = sample.stopFacts(1);
    expect(await textOfNotice('yellow', facts)).not.toContain('扫码');
  });
});

describe('T2.2, L8: a service sheet', () => {
  test('is blank before the service', async () => {
    const text = await textOf(serviceSheet(sample.notice('red'), []));
    expect(text).toContain('送达文书《红色欠费中止供电通知书》一份');
    expect(text).toContain('受送达人签收');
    expect(text).not.toContain('有效送达');
  });

  test('tells each try: what did not count, and the refusal with witness and circumstances', async () => {
    const refusal = sample.service({
      method: 'refusal',
      witness: '社区网格员李四',
      circumstances: '用户看过通知后拒绝签字。'.repeat(160),
    });
    const failed = sample.service({ method: 'not-served', counts: false, proofs: [] });
    const paper = serviceSheet(sample.notice('red'), [failed, refusal]);
    const { text, pages } = readPdf(await printPaper(paper));
    expect(pages).toBeGreaterThan(1);
    expect(text).toContain('未能送达');
    expect(text).toContain('不计为送达');
    expect(text).toContain('留置送达（受送达人拒绝签收）');
    expect(text).toContain('送达时间2026年11月24日10时05分');
    expect(text).toContain('社区网格员李四');
    expect(text.match(/用户看过通知后拒绝签字/g)?.length).toBeGreaterThan(150);
    expect(text).toContain('ab'.repeat(32));
  });

  test('shows the signature where it is a picture, and says so where it is none', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const print = async (signature: Uint8Array) =>
      printPaper(serviceSheet(sample.notice('red'), [sample.service({ signature })]));
    expect((await print(png)).toString('latin1')).toMatch(/\/Subtype \/Image/);
    expect(readPdf(await print(Buffer.from('none'))).text).toContain('签名文件不是图片');
  });
});

describe('a work ticket', () => {
  test('T2.3: says who, where, why and when, and leaves room for permit and signatures', async () => {
    const text = await textOf(ticketPaper(sample.ticket('stop')));
    expect(text).toContain('票号：ticket-case-1-1');
    expect(text).toContain('停电原因欠费¥126.66');
    expect(text).toContain('计划停电时间2026-12-0110:00至11:00');
    expect(text).toContain('核对户号与表号□已执行');
    expect(text).toContain('许可时间：年月日时分（十分钟内有效）');
    expect(text).toContain('工作负责人签名');
  });

  test('T2.7: shows permit, time and reading once they are recorded', async () => {
    const done = sample.ticket('stop', {
      crewId: 'crew-wu',
      permit: {
        permitId: 'permit/1',
        grantedAt: '2026-12-01T02:08:00.000Z',
        expiresAt: '2026-12-01T02:18:00.000Z',
      },
      execution: {
        at: '2026-12-01T02:10:00.000Z',
        meterNo: 'M320899000001',
        readingKwh: 4_711.5,
        proofs: [],
      },
    });
    const text = await textOf(ticketPaper(done));
    expect(text).toContain('许可时间：2026年12月1日10时08分，有效至2026年12月1日10时18分');
    expect(text).toContain('执行时间2026年12月1日10时10分');
    expect(text).toContain('4711.5');
    expect(text).toContain('crew-wu');
  });

  test('T3.1, T3.3: a restore ticket names cause, deadline, and by what supply was proven', async () => {
    const restored = { at: '2026-12-01T06:00:00.000Z', proof: '验电有电' };
    const text = await textOf(ticketPaper(sample.ticket('restore', { restored })));
    expect(text).toContain('复电事由欠费已缴清');
    expect(text).toContain('复电时限2026-12-0212:30');
    expect(text).toContain('复电时间2026年12月1日14时00分');
    expect(text).toContain('验电有电');
  });

  test('says that it was recalled, or why nothing was done', async () => {
    const recalled = sample.ticket('stop', { recalledAt: '2026-12-01T01:00:00.000Z', recallReason: 'paid' });
    expect(await textOf(ticketPaper(recalled))).toContain('撤回2026年12月1日9时00分');
    const notDone = sample.ticket('stop', { notDoneReason: '家中有人使用呼吸机' });
    expect(await textOf(ticketPaper(notDone))).toContain('未执行原因家中有人使用呼吸机');
  });
});

describe('letters', () => {
  test('L2.gov, T3.5: the authority reads what was handed in, and signs', async () => {
    const text = await textOf(authorityLetter(sample.letter()));
    expect(text).toContain('电力管理部门：');
    expect(text).toContain('已依法送达中止供电通知');
    expect(text).toContain('¥124,000.01（人民币壹拾贰万肆仟元零壹分）');
    expect(text).toContain('签收回执');
    const receipt = { at: '2026-11-25T01:00:00.000Z', by: '淮安市发展和改革委员会' };
    expect(await textOf(authorityLetter(sample.letter({ receipt })))).toContain('2026年11月25日9时00分');
  });

  test('T3.3: the customer reads why and until when; the leader who was told when', async () => {
    const customer = await textOf(missLetter(sample.miss({ restoredAt: null })));
    expect(customer).toContain('延迟原因暴雨积水，配电室不能进入，排水后抢送');
    expect(customer).toContain('最迟于2026年12月3日23时59分前恢复供电');
    const leader = await textOf(missReport(sample.miss()));
    expect(leader).toContain('历时（小时）29.5');
    expect(leader).toContain('告知用户时间2026年12月2日12时30分');
  });
});
