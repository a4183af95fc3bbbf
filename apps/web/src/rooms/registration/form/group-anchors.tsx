import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import { groupKeyOf } from '@xueji/contracts/template/field-groups'
import { Badge } from 'antd'
import { type RefObject, useEffect, useState } from 'react'
import type { ColumnGroup } from '../items/field-groups.ts'

/** The groups of the form in one line, with the number of errors in each; the one in view is marked. */
export function GroupAnchors({
  groups,
  issues,
  area,
}: {
  groups: readonly ColumnGroup[]
  issues: readonly RowIssue[]
  area: RefObject<HTMLDivElement | null>
}) {
  const [current, setCurrent] = useState(groups[0]?.key)
  useEffect(() => {
    const element = area.current
    if (!element) return
    const onScroll = (): void => setCurrent(groupInView(element) ?? groups[0]?.key)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [area, groups])
  return (
    <nav className="xj-reg-anchors" aria-label="信息分组">
      {groups.map((group) => (
        <button
          key={group.key}
          type="button"
          aria-current={group.key === current ? 'true' : undefined}
          title={group.title}
          onClick={() => area.current?.querySelector(`[data-group="${group.key}"]`)?.scrollIntoView({ block: 'start' })}
        >
          {group.mark}
          <Badge count={issues.filter((issue) => groupKeyOf(issue.field ?? '') === group.key).length} size="small" />
        </button>
      ))}
    </nav>
  )
}

// The last group that begins in the upper third.
function groupInView(area: HTMLElement): string | undefined {
  const line = area.getBoundingClientRect().top + area.clientHeight / 3
  const sections = [...area.querySelectorAll<HTMLElement>('[data-group]')]
  const atEnd = area.scrollTop + area.clientHeight >= area.scrollHeight - 2
  if (atEnd) return sections.at(-1)?.dataset.group
  return sections.findLast((section) => section.getBoundingClientRect().top <= line)?.dataset.group
}
