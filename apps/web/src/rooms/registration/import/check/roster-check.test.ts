import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { flatten } from '@xueji/contracts/template/row-schema'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { buildRegistrationFacts, buildValidChild, identityNumberOf } from '@xueji/domain/testing/valid-child'
import { writeWorkbook } from '@xueji/workbook/write/workbook-stream'
import { describe, expect, it } from 'vitest'
import { checkTaskOf } from './check-entries.ts'
import { type CheckNews, checkRoster } from './roster-check.ts'

const facts = buildRegistrationFacts()
const task = checkTaskOf('R11', {
  ...facts,
  category: 'R11',
  grades: facts.grades.map((grade) => ({ ...grade, classNumbers: [...grade.classNumbers] })),
  countyCodes: [...facts.countyCodes],
  campusNumbers: [...facts.campusNumbers],
})!
const headers = RESIDENT_NEWCOMER_TEMPLATE.columns.map((column) => column.header)

/** A roster of valid children with numbers of their own, some of whose cells are given. */
function roster(count: number, edit: (index: number) => Partial<StudentValues> = () => ({})): string[][] {
  return Array.from({ length: count }, (_, index) => {
    const sequence = String(index * 2 + 1).padStart(3, '0')
    const base = buildValidChild()
    const own = identityNumberOf('440202', base.birthDate!.replaceAll('-', ''), sequence)
    const cells = flatten(buildValidChild({ identityNumber: own, ...edit(index) }))
    return RESIDENT_NEWCOMER_TEMPLATE.columns.map((column) => cells[column.key] ?? column.example)
  })
}

async function check(rows: readonly string[][], names: readonly string[] = headers): Promise<CheckNews[]> {
  const file = await writeWorkbook({
    sheets: [{ kind: 'table', name: '学籍注册', columns: names.map((header) => ({ header })), rows }],
  })
  return checkBytes(file)
}
async function checkBytes(file: Uint8Array): Promise<CheckNews[]> {
  const news: CheckNews[] = []
  let now = 0
  await checkRoster(
    file,
    task,
    (one) => news.push(one),
    () => (now += 1_000),
  )
  return news
}
const faultOf = (news: CheckNews[]) => (news.at(-1)?.kind === 'refused' ? news.at(-1) : undefined)

describe('checkRoster', () => {
  it('passes a clean roster and leaves the example row out', async () => {
    const example = RESIDENT_NEWCOMER_TEMPLATE.columns.map((column) => column.example)
    const news = await check([example, ...roster(5)])
    expect(news.at(-1)).toEqual({ kind: 'done', summary: { rows: 5, invalid: 0, kinds: [], first: [] } })
  })

  it('counts rows and kinds, words the first rows, and finds what only the whole file shows', async () => {
    const rows = roster(6, (index) => (index === 2 ? { ethnicity: '汉', classNumber: '9999999' } : {}))
    rows[5] = [...rows[4]!]
    const last = (await check(rows)).at(-1)
    if (last?.kind !== 'done') throw new Error('not done')
    const { summary } = last
    expect([summary.rows, summary.invalid]).toEqual([6, 3])
    expect(summary.kinds.map((kind) => [kind.code, kind.label, kind.rows])).toEqual([
      ['duplicate.inFile', '身份证件号', 2],
      ['shape.code', '民族', 1],
      ['register.noSuchClass', '班号', 1],
    ])
    expect(summary.first.map((row) => row.rowNumber)).toEqual([4, 6, 7])
    expect(summary.first[0]?.text).toContain('民族填写不正确，班号不存在')
    expect(summary.first[1]?.text).toBe('身份证件号与第 7 行重复')
  })

  it('tells of the rows so far before it is through, in a message whose size does not grow with the file', async () => {
    const news = await check(roster(450, () => ({ ethnicity: '汉', nativePlace: '' })))
    const first = news[0]
    if (first?.kind !== 'progress') throw new Error('no progress')
    expect(first.summary.invalid).toBeGreaterThan(0)
    expect(first.summary.first).toHaveLength(20)
    expect(JSON.stringify(news.at(-1)).length).toBeLessThan(8_000)
  })

  it('says what was expected when the file is no such roster', async () => {
    expect(faultOf(await check([['1']], ['年级']))).toMatchObject({ fault: { title: '没有找到表头' } })
    expect(faultOf(await check([], headers.slice(0, 20)))).toMatchObject({
      fault: {
        title: '模板不对',
        detail: expect.stringMatching(/^只找到 20 列，应有 73 列；.*等 53 列$/),
        mayUpload: false,
      },
    })
    const without = headers.filter((header) => header !== '民族')
    expect(faultOf(await check([], without))).toMatchObject({ fault: { title: '缺少必需的列', detail: '民族' } })
    expect(faultOf(await check([]))).toMatchObject({ fault: { title: '表中没有数据' } })
    expect(faultOf(await checkBytes(new TextEncoder().encode('姓名,性别')))).toMatchObject({
      fault: { title: '这不是 Excel 文件', mayUpload: false },
    })
  })

  it('stops at a roster of children with another document, not at single slips', async () => {
    const wrong = await check(roster(10, () => ({ identityType: 'A', identityNumber: 'E12345678' })))
    expect(faultOf(wrong)).toMatchObject({
      fault: { title: '身份证件类型与所选注册类别不一致', detail: '名单中填写的身份证件类型是“A”', mayUpload: true },
    })
    const slip = await check(roster(10, (index) => (index === 3 ? { identityType: 'A' } : {})))
    expect(slip.at(-1)).toMatchObject({ kind: 'done', summary: { invalid: 1 } })
  })
})

it('knows every entry and no other (REG-001)', () => {
  for (const category of ['R11', 'R12', 'R13', 'R21', 'R22', 'R23'])
    expect(checkTaskOf(category, undefined)?.template.id).toBe(category)
  expect(checkTaskOf('R31', undefined)).toBeUndefined()
})
