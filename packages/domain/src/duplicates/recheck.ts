type Identity = { readonly name?: string; readonly identityType?: string; readonly identityNumber?: string }

const NO_DOCUMENT = 'Z'

/**
 * Must a corrected item be checked again? Only when name or document changed; otherwise its results stand (flows §3.1). A child without a document has
 * nothing the nation could be asked about (REG-021).
 */
export function needsNewCheck(before: Identity, after: Identity): boolean {
  if (after.identityType === NO_DOCUMENT) return false
  return (
    before.name !== after.name ||
    before.identityType !== after.identityType ||
    before.identityNumber !== after.identityNumber
  )
}
