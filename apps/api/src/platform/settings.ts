import type { Executor } from './db.ts'

/** Provincial parameters (`cfg.*` in the rules) with their defaults. */
export const SETTINGS = {
  /** REG-018: least completed age on 31 August, unless the school has its own. */
  'entryAge.primary': 6,
  /** REG-023: may a child whose identity could not be verified be registered? */
  'register.blockOnAuthFail': false,
  /** NUM-011: do children without identity document get a J number instead of an L number? */
  'studentNo.issueJ': false,
  /** PROB-018: may an arbiter let every party pass? */
  'arbitration.allowAllPass': false,
  /** PRE-017: must primary newcomers be on their school's preschool roster? */
  'register.requirePreschoolList': true,
  /** flows §2: may children without archive be filled in on the page (S4)? */
  'preschool.supplementUnmatched': false,
  /** TIME-001, PRE-018: days after the entry day by which newcomers are to be registered; reminder and statistics only. */
  'deadline.register': 30,
  /** TIME-002: working days after the entry day by which newcomers of vocational schools are to be registered; reminder only. */
  'deadline.vocational': 20,
  /** Days after which the rows and the file of a batch that nobody submits are deleted. */
  'import.keepDays': 30,
  /** SEC-004, in days. */
  'password.validDays': 90,
  /** EXP-004: may counties export from pages? Set by the province. */
  'export.countyEnabled': false,
  /** Fields 1.8: pictures of evidence that may be filed at one step. */
  'evidence.maxCount': 10,
  /** Days after which evidence that was never filed is removed. */
  'evidence.keepDays': 7,
  /** For how many hours the file of an export is kept. */
  'export.keepHours': 24,
} as const

/** Name of a setting. */
export type SettingKey = keyof typeof SETTINGS

/** Values in force for an organisation: the value set nearest to it, else the default. */
export async function loadSettings(
  db: Executor,
  orgPath: string,
): Promise<{ [K in SettingKey]: (typeof SETTINGS)[K] extends number ? number : boolean }> {
  const rows = await db.query<{ key: SettingKey; value: never }>(
    `select distinct on (key) key, value from setting where key = any($1) and starts_with($2, org_path) order by key, length(org_path) desc`,
    [Object.keys(SETTINGS), orgPath],
  )
  return { ...SETTINGS, ...Object.fromEntries(rows.map((row) => [row.key, row.value])) }
}
