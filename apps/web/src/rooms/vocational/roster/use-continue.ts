import { useQueryClient } from '@tanstack/react-query'
import type { DecisionAnswer, VocationalRow } from '@xueji/contracts/rooms/vocational/vocational.api'
import { useState } from 'react'
import { useNotice } from '../../../shared/notice.ts'
import { formatCount } from '../../../shared/time.ts'
import { decideLines, forgetVocational } from '../vocational.queries.ts'

/** Sends what was decided, and says what became of it: how many, and of those refused the first by name with its reason. */
export function useContinue(onDone: () => void) {
  const client = useQueryClient()
  const notice = useNotice()
  const [busy, setBusy] = useState(false)

  const run = async (
    plain: readonly VocationalRow[],
    despite: readonly VocationalRow[],
    stopped: readonly VocationalRow[],
  ): Promise<void> => {
    setBusy(true)
    try {
      const send = async (lines: readonly VocationalRow[], ...how: ['continue' | 'stop', boolean]) =>
        lines.length > 0 ? (await decideLines(lines, ...how)).outcomes : []
      const continued = [...(await send(plain, 'continue', false)), ...(await send(despite, 'continue', true))]
      const ended = await send(stopped, 'stop', true)
      const refused = [...continued, ...ended].filter((one) => one.refusal)
      const done = (outcomes: DecisionAnswer['outcomes']): number => outcomes.filter((one) => !one.refusal).length
      const parts = [
        done(continued) > 0 ? `已接续 ${formatCount(done(continued))} 人` : '',
        done(ended) > 0 ? `已终止 ${formatCount(done(ended))} 人` : '',
      ].filter(Boolean)
      if (parts.length > 0) notice.success(parts.join('，'))
      const [first] = refused
      const name = [...plain, ...despite, ...stopped].find((line) => line.id === first?.id)?.name
      if (first?.refusal) {
        const others = refused.length > 1 ? `等 ${formatCount(refused.length)} 人没有办理` : ''
        notice.warning(`${name}${others}：${first.refusal.message}`)
      }
      onDone()
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
      void forgetVocational(client)
    }
  }
  return { busy, run }
}
