import type { SeedClient } from './client.ts'
import type { OrgSeed } from './organizations.ts'
import { buildArchives, buildRosterLines, type SeededMatch } from './preschool.ts'
import { buildChildren } from './roster.ts'

const KINDERGARTENS = [
  { name: '韶关市武江区向阳幼儿园', region: '440203000000' },
  { name: '韶关市武江区新华幼儿园', region: '440203000000' },
  { name: '韶关市浈江区东河幼儿园', region: '440204000000' },
] as const

// Counties whose numbers no other roster of the demo or of the journeys draws on.
const PLACE = { regionCode: '440303', regionName: '广东省深圳市罗湖区' }

/** Archives of three kindergartens, and a roster of the tour's school with children in all three states of 学前接续. */
export async function buildDemoPreschool(
  client: SeedClient,
  school: OrgSeed,
  registrarId: string,
  entryYear: number,
): Promise<void> {
  const children = buildChildren(36, 301, { ...PLACE, schoolCode: school.code, entryYear })
  // As the kindergarten knew them: the household as it was then, the school not yet known.
  const known = children.slice(0, 24)
  const archived: string[] = []
  for (const [index, kindergarten] of KINDERGARTENS.entries())
    archived.push(...(await buildArchives(client, known.slice(index * 8, index * 8 + 8), kindergarten)))
  // Four are known by another name than the school writes, two more have a namesake born on the same day.
  const unsure = children.slice(24, 30)
  await buildArchives(
    client,
    unsure.slice(0, 4).map((child) => ({ ...child, name: `${child.name!.slice(0, 1)}小${child.name!.slice(-1)}` })),
    KINDERGARTENS[0],
  )
  const documents = buildChildren(4, 302, { ...PLACE, regionCode: '440304', schoolCode: school.code, entryYear })
  await buildArchives(
    client,
    documents.map(({ identityNumber }, index) => ({
      ...unsure[4 + (index % 2)]!,
      ...(identityNumber ? { identityNumber } : {}),
    })),
    KINDERGARTENS[1],
  )
  const lines = [...known.slice(0, 10), ...unsure, ...children.slice(30)]
  const matches: SeededMatch[] = [...archived.slice(0, 10), ...unsure.map(() => 'unsure' as const)]
  await buildRosterLines(client, school, registrarId, lines, matches)
}
