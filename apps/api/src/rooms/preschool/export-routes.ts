import type { RefusalId } from '@xueji/contracts/issues/refusals'
import { RosterSelection } from '@xueji/contracts/rooms/preschool/preschool.api'
import { cellText } from '@xueji/contracts/template/cell-text'
import { flatten } from '@xueji/contracts/template/row-schema'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import { newcomerCategoryOf, prefillNewcomer } from '@xueji/domain/rooms/preschool/prefill'
import { rosterHindrance } from '@xueji/domain/rooms/preschool/roster-matrix'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { auditCommand, commanderOf } from '../../pipeline/batch-lock.ts'
import { findEntry, type Room, schoolCodeOf } from '../../pipeline/room.ts'
import { filledWorkbook } from '../../pipeline/template-file.ts'
import type { Transaction } from '../../platform/db.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { loadProfiles } from './archive-store.ts'
import { listLines, type StoredLine, stateOf } from './roster-store.ts'

/** 调档学生导出 (PRE-011…013): the registration template of the children's document class, filled in with what is known. */
export const rosterExportRoutes =
  (platform: Platform, registration: Room): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    // A reading by POST: a selection is too long for an address. What leaves is written to the audit (EXP-009).
    app.post(
      '/api/rooms/preschool/lines/export',
      {
        schema: { body: RosterSelection, tags: ['学前接续'] },
        config: { ...onlyRoles('schoolRegistrar', 'newcomerClerk'), withoutIdempotencyKey: true },
      },
      async (request, reply) => {
        const by = commanderOf(request)
        const ids = [...new Set(request.body.ids)]
        const { template, children } = await db.inScopeOf(by.actor, async (tx) => {
          const lines = await listLines(tx, ids)
          if (lines.length < ids.length) refuse('notFound')
          const hindrance = exportHindrance(lines)
          if (hindrance) refuse(hindrance)
          const category = newcomerCategoryOf(lines[0]!.identityType)
          const template = findEntry(registration, category ?? '')?.template ?? refuse('notFound')
          await auditCommand(tx, platform, by, 'preschool.export', by.actor.orgId, {
            category: template.id,
            lines: ids,
          })
          const place = {
            schoolCode: schoolCodeOf(by.actor),
            entryYear: schoolYearOf(clock.today()),
          }
          return { template, children: await fill(tx, lines, place) }
        })
        const name = `${CLASS_NAMES[template.id] ?? ''}调档学生导出.xlsx`
        return reply
          .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
          .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
          .send(
            filledWorkbook(
              template,
              children.map((child) => rowOf(template, child)),
            ),
          )
      },
    )
  }

const CLASS_NAMES: Readonly<Record<string, string>> = { R11: '居民身份证', R12: '港澳台和外籍' }

/** Why a selection cannot leave: what stands in a line's way first, then the mixture of templates (PRE-012). */
function exportHindrance(lines: readonly StoredLine[]): RefusalId | undefined {
  const hindrance = lines.map((line) => rosterHindrance('export', stateOf(line))).find(Boolean)
  if (hindrance) return hindrance
  const categories = new Set(lines.map((line) => newcomerCategoryOf(line.identityType)))
  return categories.size > 1 ? 'preschool.mixedClasses' : undefined
}

async function fill(
  tx: Transaction,
  lines: readonly StoredLine[],
  place: Parameters<typeof prefillNewcomer>[2],
): Promise<StudentValues[]> {
  const profiles = await loadProfiles(
    tx,
    lines.map((line) => line.id),
  )
  return lines.map((line) => prefillNewcomer(line, profiles.get(line.id), place))
}

/** A child as the template writes it; dates compact, as registrars write them. */
function rowOf(template: RoomTemplate, child: StudentValues): string[] {
  const flat = flatten(child)
  return template.columns.map((column) => {
    const text = cellText(column, flat[column.key])
    return column.kind === 'date' ? text.replaceAll('-', '') : text
  })
}
