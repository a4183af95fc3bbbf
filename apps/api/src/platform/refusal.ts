import type { RefusalId } from '@xueji/contracts/issues/refusals'
import { refusalMessage, refusalStatus } from '@xueji/contracts/issues/refusals'

/** An expected refusal on its way to the error handler: stable id, Chinese sentence, HTTP status. */
export class Refusal extends Error {
  readonly id: RefusalId
  readonly status: number
  readonly details: unknown

  constructor(id: RefusalId, details?: unknown) {
    super(refusalMessage(id))
    this.id = id
    this.status = refusalStatus(id)
    this.details = details
  }
}

/** Throws a refusal; for use where a value is expected. */
export function refuse(id: RefusalId, details?: unknown): never {
  throw new Refusal(id, details)
}
