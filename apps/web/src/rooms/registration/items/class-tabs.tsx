import { useQueries } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { formatCount } from '../../../shared/time.ts'
import { countItems, type EntryGroup, KEYS, useEntries } from '../registration.queries.ts'

const REFRESH_MILLIS = 60_000
const ALL = ''
const TITLES = { resident: '居民身份证', overseas: '港澳台和外籍', undocumented: '无身份证件' } as const

/** The classes of documents with their numbers (REG-030): one of them narrows the list, and with it 全部审核 and 全部上报 (REG-026, REG-027). */
export function ClassTabs({
  view,
  group,
  schoolId,
  category,
  onChange,
}: {
  view: 'review' | 'escalate'
  group: EntryGroup
  schoolId: string | undefined
  category: string | undefined
  onChange: (category: string | undefined) => void
}) {
  const entries = (useEntries().data ?? []).filter((entry) => entry.group === group)
  const counts = useQueries({
    queries: entries.map((entry) => {
      const filter = { category: entry.category, ...(schoolId ? { schoolId } : {}) }
      return {
        queryKey: [...KEYS.items(view), 'count', filter],
        queryFn: () => countItems(view, filter),
        refetchInterval: REFRESH_MILLIS,
      }
    }),
  })
  if (entries.length === 0) return null
  return (
    <Segmented
      className="xj-reg-classes"
      aria-label="证件类别"
      value={category ?? ALL}
      onChange={(next) => onChange(next === ALL ? undefined : next)}
      options={[
        { value: ALL, label: '全部' },
        ...entries.map((entry, index) => ({
          value: entry.category,
          label: `${TITLES[entry.identityClass]} ${numberOf(counts[index]?.data)}`,
        })),
      ]}
    />
  )
}

const numberOf = (count: { total: number; capped: boolean } | undefined): string =>
  count ? formatCount(count.total, count.capped) : ''
