import type { Request } from 'express';
import { TwilioError } from './twilio-error.ts';

/** One page of a list: the rows, and whether more follow. */
export interface Page<Row> {
  rows: Row[];
  page: number;
  pageSize: number;
  more: boolean;
}

/** Which page a list request asks for. @throws TwilioError 20001 */
export function pageOf(request: Request): { page: number; pageSize: number } {
  const pageSize = wholeNumber(request.query['PageSize'], 50, 'PageSize');
  return { page: wholeNumber(request.query['Page'], 0, 'Page'), pageSize: Math.min(pageSize || 50, 1_000) };
}

/** The envelope that Twilio puts around a page. */
export function listBody(request: Request, key: string, page: Page<unknown>): Record<string, unknown> {
  const path = request.originalUrl.slice(request.originalUrl.indexOf('/2010-04-01/')).split('?')[0] ?? '';
  const query = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
  query.set('PageSize', String(page.pageSize));
  const uriOf = (number: number): string => {
    query.set('Page', String(number));
    return `${path}?${query.toString()}`;
  };
  const first = page.page * page.pageSize;
  return {
    [key]: page.rows,
    first_page_uri: uriOf(0),
    next_page_uri: page.more ? uriOf(page.page + 1) : null,
    previous_page_uri: page.page > 0 ? uriOf(page.page - 1) : null,
    uri: uriOf(page.page),
    page: page.page,
    page_size: page.pageSize,
    start: first,
    end: Math.max(first, first + page.rows.length - 1),
  };
}

/** SQL conditions for `Name=`, `Name>=`, `Name<=` of an instant, and for equal texts; parameters are appended to `params`. */
export function conditionsOf(
  request: Request,
  params: unknown[],
  filters: { instants: Record<string, string>; texts: Record<string, string> },
): string {
  const conditions: string[] = [];
  const add = (value: unknown, sql: (place: string) => string): void => {
    params.push(value);
    conditions.push(sql(`$${params.length}`));
  };
  for (const [name, column] of Object.entries(filters.texts)) {
    const value = textOf(request.query[name], name);
    if (value !== undefined) add(value, (place) => `${column} = ${place}`);
  }
  for (const [name, column] of Object.entries(filters.instants)) {
    const after = instantOf(request.query[`${name}>`], name);
    if (after !== undefined) add(after, (place) => `${column} >= ${place}::timestamptz`);
    const before = instantOf(request.query[`${name}<`], name);
    if (before !== undefined) add(before, (place) => `${column} <= ${place}::timestamptz`);
    const on = instantOf(request.query[name], name);
    if (on !== undefined) {
      const day = on.slice(0, 10);
      add(day, (place) => `(${column} at time zone 'UTC')::date = ${place}::date`);
    }
  }
  return conditions.length === 0 ? 'true' : conditions.join(' and ');
}

function textOf(value: unknown, name: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new TwilioError(400, 20001, `Parameter ${name} is given twice`);
}

function instantOf(value: unknown, name: string): string | undefined {
  const text = textOf(value, name);
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new TwilioError(400, 20001, `Parameter ${name} is not a date`);
  return new Date(ms).toISOString();
}

function wholeNumber(value: unknown, standard: number, name: string): number {
  const text = textOf(value, name);
  if (text === undefined) return standard;
  if (!/^\d{1,9}$/.test(text)) throw new TwilioError(400, 20001, `Parameter ${name} is not a number`);
  return Number(text);
}
