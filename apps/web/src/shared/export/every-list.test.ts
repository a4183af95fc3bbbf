import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ExportListName } from '@xueji/contracts/pipeline/export.api'
import { expect, it } from 'vitest'

const ROOMS = fileURLToPath(new URL('../../rooms', import.meta.url))

/** Lists without 导出, each with the reason why. */
const WITHOUT: Readonly<Record<string, string>> = {
  'legacy/legacy-import.page.tsx':
    'files received by counties and data administrators; each is taken back with its issues marked',
  'legacy/problem-list.tsx': 'what one load has opened; the same groups are exported from 问题学籍查询',
  'preschool/archive-import.page.tsx':
    'read by the data administrators of provinces and the ministry alone: their exports are on application (EXP-005)',
  'preschool/confirm-dialog.tsx': 'a question with its answers, of children of other schools (PRE-007)',
  'problem/list/arbitrate.page.tsx': 'a desk of bureaus, whose pages have no 导出 (menu §3.2, §3.3)',
  'vocational/roster/confirm-dialog.tsx': 'a question with its answers, of children of other schools (PRE-019)',
  'vocational/roster/continue-dialog.tsx': 'a question about the lines just chosen',
  'vocational/roster/roster.page.tsx': 'what the school itself has just imported; its own system takes it by the API',
  'system/workflow-rules.page.tsx': 'read by provinces alone, from whose pages nothing is exported (EXP-005)',
}

const sources = readdirSync(ROOMS, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(ROOMS, name), 'utf8') }))
const lists = sources.filter(({ text }) => /<(ListPage|ListTable|ImportRecords|MatchDialog)\b/.test(text))
const hasExport = ({ text }: { text: string }): boolean => /<ListExport\b|<ExportButton\b|useItemExport\(/.test(text)

it('every list has 导出 in its toolbar, or a reason why not', () => {
  expect(lists.length).toBeGreaterThan(15)
  const without = lists.filter((list) => !hasExport(list)).map(({ name }) => name)
  expect(without.sort()).toEqual(Object.keys(WITHOUT).sort())
})

it('every list that the server exports is offered by a page', () => {
  const all = sources.map(({ text }) => text).join('\n')
  const offered = (name: string): boolean => all.includes(`list: '${name}'`) || all.includes(`schoolExport('${name}')`)
  expect(ExportListName.options.filter((name) => !offered(name))).toEqual([])
})
