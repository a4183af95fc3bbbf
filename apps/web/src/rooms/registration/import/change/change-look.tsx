import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import type { TemplateColumn } from '@xueji/contracts/template/template'
import type { CellLook, SheetColumn } from '../../../../shared/sheet/sheet-types.ts'
import { type Tone, ToneTag } from '../../items/tone-tag.tsx'
import { ROW_KEY, STATE_KEY, SUMMARY_KEY } from './change-columns.ts'
import { cellState, type ShownRow, standingIssues } from './shown-row.ts'

/** How the cells of a row look: red or yellow where something is wrong, a corner where something was written or corrected. */
export const makeLook =
  (columns: ReadonlyMap<string, TemplateColumn>) =>
  (row: ShownRow, { key }: SheetColumn): CellLook => {
    if (key === ROW_KEY) return rowNumberLook(row)
    if (key === STATE_KEY) return stateLook(row)
    if (key === SUMMARY_KEY) return summaryLook(row)
    const column = columns.get(key)
    if (!column) return { text: '' }
    const { text, stored, edited, issues } = cellState(row, column)
    const corrected = row.stored.corrected.includes(key)
    return {
      text,
      tone: row.stored.dropped ? undefined : toneOf(issues),
      mark: edited ? 'unsaved' : corrected ? 'corrected' : undefined,
      tip: issues.length > 0 ? sentences(issues) : edited ? `未保存，原为：${stored || '（空）'}` : undefined,
    }
  }

/** A row left out is struck through. */
export const rowClass = (row: ShownRow): string => (row.stored.dropped ? 'xj-sheet-dropped' : '')

const sentences = (issues: readonly RowIssue[]): string =>
  issues.map((issue) => `${issue.message}。${issue.advice}。`).join('\n')

function toneOf(issues: readonly RowIssue[]): 'error' | 'warning' | undefined {
  if (issues.length === 0) return undefined
  return issues.some((issue) => issue.severity === 'error') ? 'error' : 'warning'
}

/** Issues of no single column are shown at the number of the row. */
function rowNumberLook(row: ShownRow): CellLook {
  const whole = row.stored.issues.filter((issue) => !issue.field)
  return { text: String(row.stored.rowNumber), tone: toneOf(whole), tip: sentences(whole) || undefined }
}

function summaryLook(row: ShownRow): CellLook {
  const issues = standingIssues(row)
  const text = issues.map((issue) => issue.message).join('，')
  const tip = text || undefined
  if (text === '' && row.edits) return { text: '', content: <span className="xj-tone-accent">待重新校验</span> }
  return { text, tip }
}

const KINDS: Readonly<Record<string, readonly [Tone, string]>> = {
  changed: ['accent', '有变更'],
  unchanged: ['muted', '无变化'],
}

function stateLook({ stored }: ShownRow): CellLook {
  const [tone, text] = stateOf(stored)
  return { text, content: <ToneTag tone={tone}>{text}</ToneTag> }
}

function stateOf(stored: ShownRow['stored']): readonly [Tone, string] {
  if (stored.dropped) return ['muted', '已删除']
  if (stored.kind === 'conflict') return ['error', '冲突']
  if (!stored.valid) return ['error', '有问题']
  return KINDS[stored.kind] ?? ['success', '通过']
}
