import { z } from 'zod';
import type { Statements } from '../books/books.ts';
import { HttpProblem } from '../http/problem.ts';

/** The roles that a token may carry. */
export const personRoles = [
  'reader',
  'centre',
  'team-leader',
  'station-head',
  'marketing-manager',
  'company-head',
  'company-president',
  'government-liaison',
  'crew',
  'clerk-95598',
  'credit-officer',
  'auditor',
  'operator',
  'customer',
] as const;

export const person = z.strictObject({
  /** Subject of the token and id of the OAuth client. */
  personId: z.string().regex(/^[a-z0-9-]+$/i),
  name: z.string().min(1),
  roles: z.array(z.enum(personRoles)).min(1),
  /** Centres the person works for; `*` is every centre of the company. */
  centres: z.union([z.array(z.string()), z.literal('*')]),
  company: z.string().default('company-1'),
});
export type Person = z.output<typeof person>;
export type PersonInput = z.input<typeof person>;

type Seed = readonly [personId: string, name: string, role: Person['roles'][number]];

const firstCentre: readonly Seed[] = [
  ['reader-zhang', '张抄表', 'reader'],
  ['reader-li', '李抄表', 'reader'],
  ['clerk-chen', '陈中心', 'centre'],
  ['leader-zhao', '赵班长', 'team-leader'],
  ['head-qian', '钱站长', 'station-head'],
  ['manager-sun', '孙经理', 'marketing-manager'],
  ['crew-wu', '吴师傅', 'crew'],
  ['crew-zheng', '郑师傅', 'crew'],
];
const secondCentre: readonly Seed[] = [
  ['reader-wang', '王抄表', 'reader'],
  ['reader-feng', '冯抄表', 'reader'],
  ['clerk-chu', '褚中心', 'centre'],
  ['leader-wei', '卫班长', 'team-leader'],
  ['head-jiang', '蒋站长', 'station-head'],
  ['manager-shen', '沈经理', 'marketing-manager'],
  ['crew-han', '韩师傅', 'crew'],
  ['crew-yang', '杨师傅', 'crew'],
];
const wholeCompany: readonly Seed[] = [
  ['company-head-zhu', '朱主管', 'company-head'],
  ['president-qin', '秦总', 'company-president'],
  ['liaison-you', '尤联络', 'government-liaison'],
  ['clerk-xu', '许坐席', 'clerk-95598'],
  ['credit-he', '何信用', 'credit-officer'],
  ['auditor-lv', '吕审计', 'auditor'],
  ['operator-shi', '施运维', 'operator'],
];

/** The people of two centres and of the company above them, who exist from the first start on. */
export const seededPeople: readonly Person[] = [
  ...firstCentre.map((seed) => personOf(seed, ['centre-1'])),
  ...secondCentre.map((seed) => personOf(seed, ['centre-2'])),
  ...wholeCompany.map((seed) => personOf(seed, '*')),
];

function personOf([personId, name, role]: Seed, centres: Person['centres']): Person {
  return { personId, name, roles: [role], centres, company: 'company-1' };
}

/** Makes people known, or replaces what is known of them. */
export async function upsertPeople(books: Statements, people: readonly Person[]): Promise<void> {
  await books.rows(
    `insert into person (person_id, facts)
     select fact ->> 'personId', fact from jsonb_array_elements($1::jsonb) as fact
     on conflict (person_id) do update set facts = excluded.facts`,
    [JSON.stringify(people)],
  );
}

/** Makes the seeded people known; those that a test has changed stay as they are. */
export async function seedPeople(books: Statements, companyId: string): Promise<void> {
  await books.rows(
    `insert into person (person_id, facts)
     select fact ->> 'personId', fact from jsonb_array_elements($1::jsonb) as fact on conflict do nothing`,
    [JSON.stringify(seededPeople.map((known) => ({ ...known, company: companyId })))],
  );
}

/** One person, or undefined. */
export async function findPerson(books: Statements, personId: string): Promise<Person | undefined> {
  const [row] = await books.rows<{ facts: Person }>('select facts from person where person_id = $1', [
    personId,
  ]);
  return row?.facts;
}

/** Everybody, by id. */
export async function listPeople(books: Statements): Promise<Person[]> {
  const rows = await books.rows<{ facts: Person }>('select facts from person order by person_id');
  return rows.map((row) => row.facts);
}

/** What a person's client says to prove who it is. */
export function secretOf(personId: string): string {
  return `${personId}-secret`;
}

/** @throws HttpProblem 404 `unknown-person` */
export async function removePerson(books: Statements, personId: string): Promise<void> {
  const gone = await books.rows('delete from person where person_id = $1 returning 1', [personId]);
  if (gone.length === 0) throw new HttpProblem(404, 'unknown-person', `There is no person ${personId}.`);
}
