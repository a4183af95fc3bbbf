import { type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { MatchStatus } from '@xueji/domain/continuation/match'
import { apiGet, apiSend } from '../api-client.ts'
import type { FileDoor } from '../file-door/file-door.queries.ts'
import type { FiveFields } from './five-fields-form.tsx'

/** A list of newcomers whose lines are matched with what the nation has of them: where it lives and what it is called. */
export type NewcomerList = FileDoor & {
  /** What the room's keys in the query cache begin with. */
  readonly key: string
  /** What the list is called: 学前调档名单, 中职调档名单. */
  readonly name: string
  /** What a line is matched with: 学籍, 学前学籍. */
  readonly record: string
  readonly matchText: (match: MatchStatus) => string
  /** The field that names the record in a confirmation. */
  readonly confirmedAs: string
  /** What a line with faulty fields is refused with; its details are the issues. */
  readonly lineInvalid: RefusalId
}

/** What every such list has in a line; the number is masked (SEC-007). */
export type NewcomerLine = FiveFields & {
  readonly id: string
  readonly version: number
  readonly match: MatchStatus
}

/** What every such record tells of its child; the number is masked (SEC-007). */
export type NewcomerRecord = FiveFields & { readonly id: string }

type Held = Pick<NewcomerLine, 'id' | 'version'>
type Detail = NewcomerLine & { readonly values: FiveFields }
type Candidates<One> = { readonly line: NewcomerLine; readonly candidates: readonly One[] }

const linesOf = (list: NewcomerList): string => `${list.room}/lines`

// Each reading of the next two is noted: they are read when they are shown, and kept no longer.
const readOnce = { gcTime: 0, refetchOnWindowFocus: false } as const

/** One line with its numbers whole. */
export const useLine = (list: NewcomerList, id: string | undefined): UseQueryResult<Detail> =>
  useQuery({
    ...readOnce,
    queryKey: [list.key, 'line', id ?? ''],
    queryFn: ({ signal }) => apiGet<Detail>(`${linesOf(list)}/${id}`, {}, signal),
    enabled: id !== undefined,
  })

/** The records that may be the child's. */
export const useCandidates = <One extends NewcomerRecord>(
  list: NewcomerList,
  id: string,
): UseQueryResult<Candidates<One>> =>
  useQuery({
    ...readOnce,
    queryKey: [list.key, 'candidates', id],
    queryFn: ({ signal }) => apiGet<Candidates<One>>(`${linesOf(list)}/${id}/candidates`, {}, signal),
  })

/** 新增 without a line, 修改 with one. */
export const saveLine = (list: NewcomerList, values: FiveFields, line?: Held): Promise<NewcomerLine> =>
  line
    ? apiSend('PUT', `${linesOf(list)}/${line.id}`, { values, version: line.version })
    : apiSend('POST', linesOf(list), values)

/** 删除 of all selected, or none. */
export const removeLines = (list: NewcomerList, ids: readonly string[]): Promise<{ removed: number }> =>
  apiSend('POST', `${linesOf(list)}/remove`, { ids })

/** 确认匹配 names a record; null is 确认都不匹配. */
export const confirmLine = (list: NewcomerList, line: Held, recordId: string | null): Promise<NewcomerLine> =>
  apiSend('POST', `${linesOf(list)}/${line.id}/confirmation`, { [list.confirmedAs]: recordId, version: line.version })

/** What is shown of the room is out of date. */
export const forgetList = (client: QueryClient, { key }: NewcomerList): Promise<void> =>
  client.invalidateQueries({ queryKey: [key] })
