import { randomUUID } from 'node:crypto'
import { decideMatch, gatherEvidence, type MatchCandidate, type MatchPerson } from '@xueji/domain/continuation/match'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { createSeeded } from '@xueji/domain/testing/seeded'
import { describe, expect, it } from 'vitest'
import { openWorld } from '../../testing/open-world.ts'
import { matchRecords } from './match-records.ts'

const { world, platform } = await openWorld()

describe('matching with records as a set (PRE-019)', () => {
  it('says what the pure comparison says, of any list against any records of other schools, in one statement', async () => {
    const seeded = createSeeded(29)
    const anyone = (): MatchPerson => {
      const identityNumber = seeded.pick([null, 'N1', 'N2', 'N3', 'N4'])
      return {
        name: seeded.pick(['甲一', '乙一', '丙一']),
        gender: seeded.pick(['1', '2']),
        birthDate: seeded.pick(['2011-01-01', '2011-02-02']) as PlainDate,
        identityType: identityNumber ? seeded.pick(['1', 'A']) : 'Z',
        identityNumber,
      }
    }
    const numberOf = (index: number): string => `L44020320110101${String(index).padStart(4, '0')}`
    // One live record a document; every third has had another number before (NUM-007), the last two are gone for good.
    const known = new Map<string, MatchPerson>()
    for (let run = 0; run < 40; run++) {
      const one = anyone()
      known.set(one.identityNumber ? `${one.identityType}${one.identityNumber}` : JSON.stringify(one), one)
    }
    const gone = [anyone(), anyone()]
    const records: (MatchCandidate & { gone: boolean })[] = [...known.values(), ...gone].map((one, index) => ({
      ...one,
      id: randomUUID(),
      studentNumbers: index % 3 === 0 ? [numberOf(index), numberOf(index + 500)] : [numberOf(index)],
      gone: index >= known.size,
    }))
    const { id: orgId, path } = world.org.farSchool!
    for (const [index, one] of records.entries()) {
      await world.database.client.query(
        `insert into student (id, student_number, org_id, org_path, study_status, category, item_id, verification_status, created_at, name, gender, birth_date,
           nationality, identity_type, identity_number, enrolled_month)
         values ($1, $2, $3, $4, $5, 'R21', gen_random_uuid(), 0, now(), $6, $7, $8, 'CHN', $9, $10, '202309')`,
        [
          one.id,
          one.studentNumbers![0],
          orgId,
          path,
          one.gone ? ['SC', 'SW'][index % 2] : 'BY',
          one.name,
          one.gender,
          one.birthDate,
          one.identityType,
          one.identityNumber,
        ],
      )
      for (const number of one.studentNumbers!)
        await world.database.client.query(
          'insert into student_number (number, student_id, issued_at) values ($1, $2, now())',
          [number, one.id],
        )
    }
    const live = records.filter((one) => !one.gone)
    const persons = Array.from({ length: 500 }, (_, index) => ({
      id: String(index),
      ...anyone(),
      studentNumber: seeded.pick([null, null, numberOf(seeded.int(0, 12)), numberOf(500 + 3 * seeded.int(0, 4))]),
    }))
    const before = platform.db.statementCount()
    // The asker's range holds none of the records: matching reaches beyond it, and says only which is whose.
    const matches = await platform.db.inScopeOf(world.actor('registrarVocational'), (tx) =>
      matchRecords(tx, {
        select: `select id, name, gender, "birthDate" as birth_date, "identityType" as identity_type, "identityNumber" collate "C" as identity_number,
            "studentNumber" collate "C" as student_number
          from jsonb_to_recordset($1::jsonb) as p (id text, name text, gender text, "birthDate" date, "identityType" text, "identityNumber" text, "studentNumber" text)`,
        parameters: [JSON.stringify(persons)],
      }),
    )
    expect(platform.db.statementCount() - before).toBe(1)
    const expected = persons.map((person) => decideMatch(gatherEvidence(person, live)))
    expect(persons.map((person) => matches.get(person.id) ?? { status: '3', archiveId: null })).toEqual(expected)
    for (const status of ['1', '2', '3'])
      expect(expected.filter((one) => one.status === status).length).toBeGreaterThan(5)
  })
})
