import { refusalMessage } from '@xueji/contracts/issues/refusals'
import { type ConditionWords, EXPORT_STATUSES, type ExportRow } from '@xueji/contracts/pipeline/export.api'
import type { ExportList } from './export-list.ts'
import type { StoredExport } from './export-store.ts'

/** An export in the words of the page; `accountId` is who looks at it. */
export function presentExport(
  stored: StoredExport,
  list: Pick<ExportList, 'columns'> | undefined,
  accountId: string,
): ExportRow {
  const headers = new Map(list?.columns.map(({ key, header }) => [key, header]))
  return {
    id: stored.id,
    list: stored.list,
    name: stored.fileName,
    status: stored.status,
    statusName: EXPORT_STATUSES[stored.status],
    done: stored.done,
    total: stored.total,
    columns: stored.columns.map((key) => headers.get(key) ?? key),
    conditionsText: stored.conditionsText,
    askerName: stored.askerName,
    authoriserName: stored.authoriserName,
    mine: stored.accountId === accountId,
    failureText: stored.failure ? refusalMessage(stored.failure) : null,
    createdAt: stored.createdAt.toISOString(),
    finishedAt: stored.finishedAt?.toISOString() ?? null,
    expiresAt: stored.expiresAt?.toISOString() ?? null,
    size: stored.size,
  }
}

/** Conditions as one text, for records and files. */
export const wordsText = (words: readonly ConditionWords[]): string =>
  words.length === 0 ? '无（全部）' : words.map(({ label, text }) => `${label}：${text}`).join('；')
