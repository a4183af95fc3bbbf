// Runs beside the page, so that a roster of any size never holds it up.
import type { RegistrationCheckFacts } from '@xueji/contracts/rooms/registration/registration.api'
import { checkTaskOf } from './check-entries.ts'
import { type CheckNews, checkRoster } from './roster-check.ts'

/** What the page asks: a file, and what is known of the school. */
export type CheckOrder = {
  readonly file: File
  readonly category: string
  readonly facts: RegistrationCheckFacts | undefined
}

/** What it hears; `broken` when the check itself failed, which says nothing about the file. */
export type CheckAnswer = CheckNews | { readonly kind: 'broken' }

const answer = (news: CheckAnswer): void => self.postMessage(news)

self.onmessage = (event: MessageEvent<CheckOrder>) => {
  const { file, category, facts } = event.data
  const task = checkTaskOf(category, facts)
  if (!task) return answer({ kind: 'broken' })
  checkRoster(file, task, answer, () => performance.now()).catch(() => answer({ kind: 'broken' }))
}
