/** `2026-11-25` → `1125`. */
const monthDay = (day: string): string => day.slice(5).replace('-', '');

/** Number of a notice as printed: word, year, account, day of writing and attempt. One notice, one number. */
export const noticeNumber = (
  word: string,
  notice: { accountNo: string; preparedOn: string; attempt: number },
): string =>
  `${word}〔${notice.preparedOn.slice(0, 4)}〕${notice.accountNo}-${monthDay(notice.preparedOn)}-${notice.attempt}号`;
