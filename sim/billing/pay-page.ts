import { Router, urlencoded } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { parse } from '../http/problem.ts';
import { payNow } from './money.ts';
import { markPaid, requireOrder, type OrderRow } from './payment-orders.ts';

const payForm = z.object({
  channel: z.enum(['wechat', 'alipay', 'bank']),
  as: z.enum(['posted', 'in-flight']).default('posted'),
});

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`;

const page = (body: string): string => `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>电费收银台</title>
<style>body{font:20px/1.6 sans-serif;margin:0 auto;max-width:34rem;padding:1.2rem;color:#1b1b1b}b{font-size:2rem}
button{display:block;font:inherit;width:100%;padding:.7rem;margin:.6rem 0;border:0;border-radius:.5rem;background:#0a6b2d;color:#fff}
label{display:block;margin:1rem 0}small{color:#555}</style><main>${body}</main></html>`;

const amountOf = (order: OrderRow): string =>
  `<p>户号尾号 ${escape(order.account_no.slice(-4))}</p><p><b>${yuan(order.amount_fen)}</b></p>`;

function askPage(order: OrderRow): string {
  return page(`<h1>电费收银台</h1>${amountOf(order)}<form method="post">
<label><input type="checkbox" name="as" value="in-flight"> 模拟：渠道已收款，电费系统稍后入账</label>
<button name="channel" value="wechat">微信支付</button><button name="channel" value="alipay">支付宝</button>
<button name="channel" value="bank">银行卡</button></form>
<p><a href="${escape(order.return_url)}">不付了，返回</a></p><p><small>模拟区的收银台，不收真钱。</small></p>`);
}

const donePage = (order: OrderRow): string =>
  page(
    `<h1>付款已提交</h1>${amountOf(order)}<p><a href="${escape(order.return_url)}">返回用电缴费页面</a></p>`,
  );

/** Billing's own payment page: what it takes is real money of the district, and the customer comes back afterwards. */
export function payPageRoutes(sim: SimContext): Router {
  const router = Router();
  router.get('/:orderId', async (request, response) => {
    const order = await requireOrder(sim.books, request.params.orderId);
    response.set('referrer-policy', 'no-referrer').type('html');
    response.send(order.paid_at === null ? askPage(order) : donePage(order));
  });
  router.post('/:orderId', urlencoded({ extended: false }), async (request, response) => {
    const order = await requireOrder(sim.books, request.params.orderId);
    const { channel, as } = parse(payForm, request.body);
    await payNow(sim, {
      accountNo: order.account_no,
      // One order is one payment, however often the button is pressed.
      paymentId: `order-${order.order_id}`,
      amount: order.amount_fen,
      billIds: order.bill_ids,
      channel,
      as,
      webhook: 'sent',
      occurredAt: new Date(order.pays_at).toISOString(),
    });
    await markPaid(sim.books, order.order_id);
    response.redirect(303, order.return_url);
  });
  return router;
}
