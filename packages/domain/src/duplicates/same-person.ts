/** An enrolled child without document who is called, sexed and born like another one, and the open problem group it is already in. */
export type SamePerson = {
  readonly studentId: string
  readonly orgPath: string
  readonly groupId: string | null
}

/** What two children without document are compared by (REG-032): name, sex and birth date. */
export const personKey = (name: string, gender: string, birthDate: string): string => `${birthDate}${gender}${name}`
