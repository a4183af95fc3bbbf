/** Who already holds an identity number, as far as the school may know (DUP-007). */
export type IdentityHolder = { readonly where: string; readonly sameSchool: boolean }
