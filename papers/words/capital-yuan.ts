const DIGITS = [...'零壹贰叁肆伍陆柒捌玖'];
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/** Four digits in capitals; a gap of zeros inside is one 零. */
function groupOf(value: number): string {
  let text = '';
  let isGap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) {
      isGap = text !== '';
      continue;
    }
    text += `${isGap ? DIGITS[0] : ''}${DIGITS[digit]}${PLACES[place]}`;
    isGap = false;
  }
  return text;
}

function wholeOf(yuan: number): string {
  let text = '';
  for (let group = GROUPS.length - 1; group >= 0; group -= 1) {
    const value = Math.floor(yuan / 10_000 ** group) % 10_000;
    if (value === 0) continue;
    const isGap = text !== '' && (value < 1_000 || text.endsWith(DIGITS[0] ?? ''));
    const skipped = text !== '' && Math.floor(yuan / 10_000 ** (group + 1)) % 10_000 === 0;
    text += `${isGap || skipped ? DIGITS[0] : ''}${groupOf(value)}${GROUPS[group]}`;
  }
  return text;
}

/** An amount as financial papers write it (人民币大写), from whole fen: 123456 → `壹仟贰佰叁拾肆元伍角陆分`. @throws RangeError below zero or beyond 万亿 */
export function capitalYuan(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`no amount in fen: ${fen}`);
  const [yuan, jiao, cents] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  if (fen === 0) return '零元整';
  const whole = yuan === 0 ? '' : `${wholeOf(yuan)}元`;
  if (jiao === 0 && cents === 0) return `${whole}整`;
  const tenth = jiao > 0 ? `${DIGITS[jiao]}角` : yuan > 0 ? DIGITS[0] : '';
  return `${whole}${tenth}${cents > 0 ? `${DIGITS[cents]}分` : '整'}`;
}
