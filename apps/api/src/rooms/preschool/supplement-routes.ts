import { Id } from '@xueji/contracts/common/wire'
import { SupplementAnswer, SupplementForm, SupplementRequest } from '@xueji/contracts/rooms/preschool/preschool.api'
import { flatten } from '@xueji/contracts/template/row-schema'
import { QUEUES } from '@xueji/db/queues'
import type { Actor } from '@xueji/domain/access/roles'
import { LOCKED_FIELDS } from '@xueji/domain/continuation/five-fields'
import { newcomerCategoryOf, prefillNewcomer } from '@xueji/domain/rooms/preschool/prefill'
import { supplementLine } from '@xueji/domain/rooms/preschool/roster-line'
import { rosterHindrance } from '@xueji/domain/rooms/preschool/roster-matrix'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { auditCommand, commanderOf } from '../../pipeline/batch-lock.ts'
import { fileItem } from '../../pipeline/file-item.ts'
import { withPinyin } from '../../pipeline/name-pinyin.ts'
import { findEntry, type Room, type RoomEntry, schoolCodeOf } from '../../pipeline/room.ts'
import type { Transaction } from '../../platform/db.ts'
import { sealAnswer } from '../../platform/http/idempotency.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import { publish } from '../../platform/live-events.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { loadSettings } from '../../platform/settings.ts'
import { loadProfiles } from './archive-store.ts'
import { findLine, lineOf, type StoredLine, stateOf } from './roster-store.ts'
import { presentLine } from './roster-view.ts'

const LOCKED: readonly string[] = [...LOCKED_FIELDS, 'schoolCode']

/** 学前档案信息补录 (menu §2.2, PRE-014…016): the form filled in beforehand, and its saving, which begins the registration. */
export const supplementRoutes =
  (platform: Platform, registration: Room): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, jobs } = platform
    const path = '/api/rooms/preschool/lines/:id/supplement'
    const tags = ['学前接续']
    const Params = z.object({ id: Id })
    const filers = onlyRoles('schoolRegistrar', 'newcomerClerk')

    /** The line with its entry and what is known of the child; refused where 补录 is not to be had. */
    async function open(tx: Transaction, id: string, actor: Actor, lock: boolean) {
      const settings = await loadSettings(db.system, actor.orgPath)
      const options = { supplementUnmatched: settings['preschool.supplementUnmatched'] }
      const line = await findLine(tx, id, lock)
      if (!line) refuse('notFound')
      const hindrance = rosterHindrance('supplement', stateOf(line), options)
      if (hindrance) refuse(hindrance)
      const category = newcomerCategoryOf(line.identityType) ?? refuse('notFound')
      const entry: RoomEntry = findEntry(registration, category) ?? refuse('notFound')
      const place = { schoolCode: schoolCodeOf(actor), entryYear: schoolYearOf(clock.today()) }
      return { line, settings, options, entry, values: await knownOf(tx, line, place) }
    }

    app.get(
      path,
      { schema: { params: Params, response: { 200: SupplementForm }, tags }, config: filers },
      async (request) => {
        const by = commanderOf(request)
        const { actor } = by
        return db.inScopeOf(actor, async (tx) => {
          const { line, entry, values } = await open(tx, request.params.id, actor, false)
          // The form shows what an archive says of the child.
          await auditCommand(tx, platform, by, 'preschool.open', line.id, { category: entry.category })
          return {
            line: presentLine(line),
            category: entry.category,
            values: flatten(withPinyin(values)),
            locked: [...LOCKED],
          }
        })
      },
    )

    app.post(
      path,
      {
        schema: { params: Params, body: SupplementRequest, response: { 200: SupplementAnswer }, tags },
        config: filers,
      },
      async (request) => {
        const by = commanderOf(request)
        const { actor } = by
        const answer = await db.inScopeOf(actor, async (tx): Promise<SupplementAnswer> => {
          const { line, settings, options, entry, values } = await open(tx, request.params.id, actor, true)
          if (line.version !== request.body.version) refuse('preschool.changed')
          const decided = supplementLine(lineOf(line), options)
          if (!decided.ok) refuse(decided.refusal)
          const filed = await fileItem(tx, platform, by, settings, registration, {
            category: entry.category,
            supplements: true,
            values: { ...request.body.values, ...lockedCells(values) },
            evidenceIds: [],
          })
          if ('refusal' in filed) refuse(filed.refusal)
          if ('issues' in filed) refuse('register.rowInvalid', filed.issues)
          await tx.query('update preschool_roster set supplement_item_id = $2, version = version + 1 where id = $1', [
            line.id,
            filed.id,
          ])
          await auditCommand(tx, platform, by, 'preschool.supplement', line.id, { itemId: filed.id })
          const answer = { itemId: filed.id }
          // A form whose answer was lost is sent again: it must not be refused for what it did itself.
          await sealAnswer(tx, request, answer)
          return answer
        })
        await jobs.send(QUEUES.identityCheck, {}, { key: 'now' })
        await publish(db.system, { topic: 'queue', id: answer.itemId, orgPath: actor.orgPath })
        return answer
      },
    )
  }

/** What fills the form: what was filled in before, where a registration ended without a record, else the archive; over both the locked fields. */
async function knownOf(
  tx: Transaction,
  line: StoredLine,
  place: Parameters<typeof prefillNewcomer>[2],
): Promise<StudentValues> {
  const profile = (await loadProfiles(tx, [line.id])).get(line.id)
  const [before] = line.supplementItemId
    ? await tx.query<{ payload: StudentValues }>('select payload from review_item where id = $1', [
        line.supplementItemId,
      ])
    : []
  const known = prefillNewcomer(line, profile, place)
  return before ? { ...before.payload, ...onlyLocked(known) } : known
}

const onlyLocked = (values: StudentValues): StudentValues =>
  Object.fromEntries(Object.entries(values).filter(([key]) => LOCKED.includes(key)))

// The five fields are the line's, whatever a page sends (PRE-015); an empty one clears what was sent.
const lockedCells = (values: StudentValues): Record<string, string> => {
  const flat = flatten(values)
  return Object.fromEntries(LOCKED.map((key) => [key, flat[key] ?? '']))
}
