/** Who already holds an identity number, as far as the school may know (DUP-007). */
export type IdentityHolder = { readonly where: string; readonly sameSchool: boolean }

/** What the nation is asked for: a number means something only with the type of document it stands on (DUP-001). */
export const identityKey = (identityType: string | undefined, identityNumber: string | undefined): string =>
  `${identityType ?? ''}:${identityNumber ?? ''}`
