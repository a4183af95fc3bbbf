/** Must a corrected item be checked again? Only when name or document changed; otherwise its results stand (flows §3.1). */
export function needsNewCheck(
  before: { readonly name?: string; readonly identityType?: string; readonly identityNumber?: string },
  after: { readonly name?: string; readonly identityType?: string; readonly identityNumber?: string },
): boolean {
  return (
    before.name !== after.name ||
    before.identityType !== after.identityType ||
    before.identityNumber !== after.identityNumber
  )
}
