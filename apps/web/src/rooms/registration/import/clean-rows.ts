import type { ImportDetail } from '@xueji/contracts/pipeline/import.api'

/** True when the clean rows of a batch with issues can be submitted without the others: where the room allows, and there are both. */
export const maySubmitClean = ({ batch, mayFileCleanRows }: ImportDetail): boolean =>
  mayFileCleanRows &&
  batch.status === 'failed' &&
  batch.failure === null &&
  batch.validRows > 0 &&
  batch.invalidRows > 0
