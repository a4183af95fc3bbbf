import { refuse } from '../platform/refusal.ts'

/** Texts of a page key; a key that is none of ours is a bad request. */
export function keyOf(after: string): string[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'))
    if (Array.isArray(parsed) && parsed.every((part) => typeof part === 'string')) return parsed
  } catch {
    // Falls through to the refusal.
  }
  return refuse('request.invalid', [{ field: 'after', message: '分页标识无效' }])
}

/** Cuts a page out of `limit + 1` rows; `next` names the last row shown. */
export function pageAfter<Row>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => string[],
): { rows: Row[]; next?: string } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return rows.length > limit && last
    ? { rows: shown, next: Buffer.from(JSON.stringify(key(last))).toString('base64url') }
    : { rows: shown }
}
