import { buildArchives } from '@xueji/db/seed/preschool'
import { decideMatch, gatherEvidence, type MatchCandidate, type MatchPerson } from '@xueji/domain/continuation/match'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { createSeeded } from '@xueji/domain/testing/seeded'
import { describe, expect, it } from 'vitest'
import { ARCHIVES, matchEvidence, matchPersons } from '../../pipeline/match-persons.ts'
import { openWorld } from '../../testing/open-world.ts'
import { onePerson } from './roster-store.ts'

const { world, platform } = await openWorld()

describe('matching as a set (PRE-003…006)', () => {
  it('says what the pure comparison says, of any roster against any archives, in one statement', async () => {
    const seeded = createSeeded(23)
    const anyone = (): MatchPerson => {
      const identityNumber = seeded.pick([null, 'N1', 'N2', 'N3', 'N4', 'N5', 'N6'])
      return {
        name: seeded.pick(['甲一', '乙一', '丙一']),
        gender: seeded.pick(['1', '2']),
        birthDate: seeded.pick(['2020-01-01', '2020-02-02']) as PlainDate,
        identityType: identityNumber ? seeded.pick(['1', 'A']) : 'Z',
        identityNumber,
      }
    }
    // One archive a document, and one an undocumented child of one kindergarten, as the unique keys have it.
    const known = new Map<string, MatchPerson>()
    for (let run = 0; run < 60; run++) {
      const one = anyone()
      known.set(one.identityNumber ? `${one.identityType}${one.identityNumber}` : JSON.stringify(one), one)
    }
    const archives = [...known.values()]
    const ids = await buildArchives(
      world.database.client,
      archives.map(({ identityNumber, studentNumber: _, ...rest }) => ({
        ...rest,
        ...(identityNumber ? { identityNumber } : {}),
      })),
      { name: '某某幼儿园', region: '440203000000' },
    )
    const candidates: MatchCandidate[] = archives.map((archive, index) => ({ ...archive, id: ids[index]! }))
    const persons = Array.from({ length: 400 }, (_, index) => ({ id: String(index), ...anyone() }))
    const before = platform.db.statementCount()
    const matches = await matchPersons(platform.db.system, ARCHIVES, {
      select: `select id, name, gender, "birthDate" as birth_date, "identityType" as identity_type, "identityNumber" as identity_number
        from jsonb_to_recordset($1::jsonb) as p (id text, name text, gender text, "birthDate" date, "identityType" text, "identityNumber" text)`,
      parameters: [JSON.stringify(persons)],
    })
    expect(platform.db.statementCount() - before).toBe(1)
    const expected = persons.map((person) => decideMatch(gatherEvidence(person, candidates)))
    expect(persons.map((person) => matches.get(person.id) ?? { status: '3', archiveId: null })).toEqual(expected)
    for (const status of ['1', '2', '3'])
      expect(expected.filter((one) => one.status === status).length).toBeGreaterThan(5)
    for (const person of persons.slice(0, 40))
      expect(decideMatch(await matchEvidence(platform.db.system, ARCHIVES, onePerson(person)))).toEqual(
        decideMatch(gatherEvidence(person, candidates)),
      )
  })
})
