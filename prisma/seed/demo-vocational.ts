import type { SeedClient } from './client.ts'
import type { OrgSeed } from './organizations.ts'
import { buildChildren } from './roster.ts'
import { buildRecords, buildVocationalLines, type SeededRecord } from './vocational.ts'

// A county whose numbers no other roster of the demo draws on.
const PLACE = { regionCode: '440224', regionName: '广东省韶关市仁化县' }
/** Newcomers of 中职 entered primary school nine years ago. */
const YEARS_BEFORE = 9

/**
 * Children who have left junior school or have just entered senior school, and the list of a vocational school that asks for some of them: every state of
 * 中职接续, with the warning that 普通高中 has admitted a child (PRE-019).
 */
export async function buildDemoVocational(
  client: SeedClient,
  schools: ReadonlyMap<string, OrgSeed>,
  registrarId: string,
  entryYear: number,
): Promise<void> {
  const craft = schools.get('craft')!
  const secondary = schools.get('secondary')!
  const children = buildChildren(24, 303, { ...PLACE, schoolCode: craft.code, entryYear: entryYear - YEARS_BEFORE })
  const graduates = { school: secondary, stage: 2, entryYear: entryYear - 2, studyStatus: 'BY' } as const
  const known = children.slice(0, 9)
  const records: SeededRecord[] = await buildRecords(client, graduates, known)
  const admitted = children.slice(9, 12)
  records.push(...(await buildRecords(client, { school: secondary, stage: 3, entryYear }, admitted)))
  const young = children.slice(12, 13)
  records.push(...(await buildRecords(client, { school: secondary, stage: 2, entryYear }, young)))
  // Known by another name than the school writes.
  const unsure = children.slice(13, 16)
  await buildRecords(
    client,
    graduates,
    unsure.map((child) => ({ ...child, name: `${child.name!.slice(0, 1)}小${child.name!.slice(-1)}` })),
  )
  records.push('unsure', 'unsure', 'unsure')
  await buildVocationalLines(client, craft, registrarId, children.slice(0, 19), records)
  // The rest have records and are on no list yet: two of them are in senior school.
  await buildRecords(client, graduates, children.slice(19, 22))
  await buildRecords(client, { school: secondary, stage: 3, entryYear }, children.slice(22))
}
