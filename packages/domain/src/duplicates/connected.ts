/** A child that shares what it is compared by (an identity number, or name, sex and birth date) with another one. */
export type SharingChild = {
  /** What it shares: children of one key contest it. */
  readonly key: string
  readonly studentId: string
  readonly orgPath: string
  /** The row it comes with in the set; null for who is enrolled already. */
  readonly rowNumber: number | null
  /** The live problem group an enrolled child stands in, and whether that still takes somebody in. */
  readonly groupId: string | null
  readonly isGroupOpen: boolean
}

/** A child as a party of a conflict. */
export type SharingParty = Pick<SharingChild, 'studentId' | 'orgPath' | 'rowNumber'>

/** A conflict: a new group of all its parties, or those who come to a group that is open already. */
export type Conflict = {
  /** The group they come to; null where a new one is to be opened. */
  readonly groupId: string | null
  /** Who comes to it, in the order of their arrival. */
  readonly parties: readonly SharingParty[]
}

/**
 * The conflicts among entering and enrolled children, one for each set that hangs together: by what they share, and by an open group in which enrolled ones
 * of several keys stand (PROB-001, PROB-020). A child stands in one live group at most: who stands in an open one brings the others of his set to it, who
 * stands in one that takes nobody in any more stays there by himself. Near linear in the number of children (disjoint sets).
 */
export function connectSharing(children: readonly SharingChild[]): readonly Conflict[] {
  const rootOf = disjointSets(
    children.flatMap((child) => (bringsGroup(child) ? [[keyNode(child), groupNode(child)] as const] : [])),
  )
  const sets = new Map<string, SharingChild[]>()
  for (const child of children) {
    const root = rootOf(keyNode(child))
    const set = sets.get(root)
    if (set) set.push(child)
    else sets.set(root, [child])
  }
  return [...sets.values()].flatMap(conflictOf)
}

const bringsGroup = (child: SharingChild): boolean => child.groupId !== null && child.isGroupOpen
const keyNode = ({ key }: SharingChild): string => `key ${key}`
const groupNode = ({ groupId }: SharingChild): string => `group ${groupId}`

function conflictOf(set: readonly SharingChild[]): Conflict[] {
  // Of several open groups the eldest; ids rise with age.
  const [groupId = null] = set
    .filter(bringsGroup)
    .map((child) => child.groupId!)
    .sort()
  const parties = set
    .filter((child) => child.groupId === null)
    .map(({ studentId, orgPath, rowNumber }) => ({ studentId, orgPath, rowNumber }))
  const isConflict =
    set.some(({ rowNumber }) => rowNumber !== null) && (groupId ? parties.length > 0 : parties.length > 1)
  return isConflict ? [{ groupId, parties }] : []
}

/** Union by halving the way: the representative of a node among those linked. */
function disjointSets(links: readonly (readonly [string, string])[]): (node: string) => string {
  const parents = new Map<string, string>()
  const find = (node: string): string => {
    let at = node
    for (let parent = parents.get(at); parent !== undefined && parent !== at; parent = parents.get(at)) {
      const above = parents.get(parent) ?? parent
      parents.set(at, above)
      at = above
    }
    return at
  }
  for (const [one, other] of links) {
    const [from, to] = [find(one), find(other)]
    if (from !== to) parents.set(from, to)
  }
  return find
}
