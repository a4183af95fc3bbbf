import { wordIssue } from '@xueji/contracts/issues/catalogue'
import type { ImportDetail } from '@xueji/contracts/pipeline/import.api'
import { REGISTRATION_TEMPLATES } from '@xueji/contracts/rooms/registration/registration.template'

type IssueKind = ImportDetail['kinds'][number]

/** Issues of one code: what a click filters by, or one of its columns. `places` are the columns they stand in, the most frequent first. */
export type KindGroup = {
  readonly code: string
  readonly severity: string
  readonly title: string
  readonly count: number
  readonly places: readonly { readonly label: string; readonly field: string | undefined; readonly count: number }[]
}

// Sentences that name other rows, schools or limits would give the title of a whole group the figures of one row.
const TITLES: Readonly<Record<string, string>> = {
  'duplicate.inFile': '身份证件号在文件内重复',
  'duplicate.auxiliaryNumberInFile': '学籍辅号在文件内重复',
  'duplicate.seatNumberInFile': '班内学号在文件内重复',
  'duplicate.elsewhere': '身份证件号已由其他学校登记',
  'shape.tooLong': '超过字数上限',
  'identity.regionUnknown': '证件号前 6 位不在现行区划表中',
  'guardian.relationNoteMissing': '关系说明不能为空',
  'guardian.identityTypeMissing': '成员身份证件类型不能为空',
  'guardian.identityNumberMissing': '成员身份证件号不能为空',
  'guardian.identityNumberCharacters': '成员身份证件号含有不允许的字符',
  'guardian.sameAsStudent': '成员身份证件号与学生相同',
}

// Without the name of a column a sentence says too little, and several would read the same.
const TITLES_OF_MANY: Readonly<Record<string, string>> = {
  'shape.required': '必填项不能为空',
  'shape.code': '选项填写不正确',
  'shape.date': '日期格式不正确',
  'shape.yearMonth': '年月格式不正确',
  'shape.region': '区划代码格式不正确',
  'shape.phone': '电话格式不正确',
  'shape.digits': '数字格式不正确',
  'shape.decimal': '数值格式不正确',
}

/** Kinds of issues by code, errors before warnings, the most frequent first: a roster with one slip in 300 rows shows one line. */
export function groupKinds(kinds: readonly IssueKind[]): readonly KindGroup[] {
  const groups = new Map<string, IssueKind[]>()
  for (const kind of kinds) groups.set(kind.code, [...(groups.get(kind.code) ?? []), kind])
  return [...groups.values()].map(toGroup).sort(byWeight)
}

function toGroup(kinds: readonly IssueKind[]): KindGroup {
  const [first] = kinds
  const places = kinds
    .map((kind) => ({ label: kind.label, field: fieldOf(kind.label), count: kind.rows }))
    .sort((a, b) => b.count - a.count)
  return {
    code: first!.code,
    severity: first!.severity,
    title: titleOf(kinds),
    count: places.reduce((sum, place) => sum + place.count, 0),
    places: places.filter((place) => place.label !== ''),
  }
}

function titleOf(kinds: readonly IssueKind[]): string {
  const [first] = kinds
  const { code, label, message } = first!
  if (kinds.length > 1) return TITLES_OF_MANY[code] ?? TITLES[code] ?? wordlessTitle(first!)
  const title = TITLES[code]
  if (!title) return message
  // Titles that name no column get the one they stand in.
  return code === 'shape.tooLong' ? `${label}${title}` : title
}

// Kinds name the header of their column, the filter wants its key.
/** The key of the column under a header; a header is the same column in every template. Undefined for none. */
export const fieldOf = (label: string): string | undefined => KEY_OF_HEADER.get(label)

const KEY_OF_HEADER: ReadonlyMap<string, string> = new Map(
  Object.values(REGISTRATION_TEMPLATES).flatMap(({ columns }) => columns.map(({ header, key }) => [header, key])),
)

/** The sentence without a column name: 不能为空, 填写不正确. */
function wordlessTitle(kind: IssueKind): string {
  return wordIssue({ code: kind.code }, '').message || kind.message
}

const byWeight = (a: KindGroup, b: KindGroup): number =>
  Number(a.severity === 'warning') - Number(b.severity === 'warning') || b.count - a.count
