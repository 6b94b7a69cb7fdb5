import type { Row, SheetData } from 'write-excel-file/universal';
import type {
  ManagementCases,
  ManagementReaders,
  ManagementRecovered,
  ManagementRestorations,
} from '../../../api/shapes/management.ts';
import type { Texts } from '../../shared/i18n/use-texts.ts';
import type { MANAGEMENT_TEXTS } from '../texts/management.ts';
import type { WORDS } from '../texts/words.ts';
import { byDay, byHours, byStage, casesOf } from './numbers.ts';

export interface Exported {
  readonly cases: ManagementCases;
  readonly recovered: ManagementRecovered;
  readonly restorations: ManagementRestorations;
  readonly readers: ManagementReaders;
}

const head = (...names: string[]): Row => names.map((value) => ({ value, fontWeight: 'bold' as const }));
/** Yuan as a number that Excel can add up; whole fen have two decimals at most. */
const yuanCell = (fen: number) => ({ value: fen / 100, type: Number, format: '#,##0.00' });
const WIDE = [{ width: 22 }, ...Array.from({ length: 7 }, () => ({ width: 14 }))];

/** Every number of the page as an Excel workbook, one sheet a table. */
export async function workbook(
  data: Exported,
  span: { days: number; today: string },
  t: Texts<typeof MANAGEMENT_TEXTS>,
  words: Texts<typeof WORDS>,
  nameOf: (id: string) => string,
): Promise<Blob> {
  const { default: writeExcel } = await import('write-excel-file/universal');
  const centreName = new Map(data.cases.centres.map(({ centreId, name }) => [centreId, name]));
  const sheet = (name: string, rows: SheetData) => ({ data: rows, sheet: name, columns: WIDE });
  return writeExcel([
    sheet(t('stage'), [
      head(t('stage'), t('cases')),
      ...byStage(data.cases).map(({ stage, cases }): Row => [words.code(`stage.${stage}`), cases]),
    ]),
    sheet(t('centre'), [
      head(t('centre'), t('open-cases'), t('approvals'), t('stopped'), t('late-now')),
      ...data.cases.centres.map((one): Row => [
        one.name,
        casesOf(data.cases, one.centreId),
        one.approvals,
        one.stopped,
        one.late,
      ]),
    ]),
    sheet(t('reader'), [
      head(
        ...[t('reader'), t('centre'), t('open-cases'), t('to-serve'), t('in-approval'), t('held')],
        ...[t('tasks'), t('overdue')],
      ),
      ...data.readers.readers.map((one): Row => [
        ...[nameOf(one.readerId), centreName.get(one.centreId) ?? one.centreId, one.cases, one.toServe],
        ...[one.approval, one.held, one.tasks, one.overdue],
      ]),
    ]),
    sheet(t('recovered-sum'), [
      head(t('day'), t('sum-yuan'), t('count')),
      ...byDay(data.recovered, span.days, span.today).map(({ day, fen, payments }): Row => [
        day,
        yuanCell(fen),
        payments,
      ]),
    ]),
    sheet(t('restorations'), [
      head(t('took'), t('restored')),
      ...byHours(data.restorations).map(({ withinHours, restored }): Row => [
        t.code(String(withinHours), 'took.'),
        restored,
      ]),
    ]),
  ]).toBlob();
}
