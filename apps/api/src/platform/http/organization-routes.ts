import {
  OrganizationNode,
  OrganizationQuery,
  RegionNode,
  RegionQuery,
} from '@xueji/contracts/platform/organization.api'
import { rangeOf } from '@xueji/domain/organization/org-path'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Platform } from '../platform.ts'
import { sessionOf } from './authenticate.ts'
import { anySignedIn } from './policy.ts'

const MOST = 200
const MOST_FOUND = 30

/** Regions and organisations, one level at a time or by search; never the whole tree (peers: load regions lazily). */
export const organizationRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = platform

    app.get(
      '/api/organizations',
      { schema: { querystring: OrganizationQuery, response: { 200: z.array(OrganizationNode) } }, config: anySignedIn },
      async (request) => {
        const { actor } = sessionOf(request)
        const { parentId, search, level } = request.query
        const range = rangeOf(actor.orgPath)
        const condition = search
          ? '(strpos(o.name, $3) > 0 or starts_with(o.code, $3) or starts_with(o.pinyin_initials, lower($3)))'
          : parentId
            ? 'o.parent_id = $3::uuid'
            : 'o.id = $3::uuid'
        return db.system.query<OrganizationNode>(
          `select o.id, o.name, o.code, o.level, o.path, p.name as "parentName", exists (select 1 from organization c where c.parent_id = o.id) as "hasChildren"
       from organization o left join organization p on p.id = o.parent_id
       where o.path >= $1 and o.path < $2 and o.status = 'active' and ${condition} and ($4::text is null or o.level = $4) order by o.path limit ${search ? MOST_FOUND : MOST}`,
          [range.from, range.to, search ?? parentId ?? actor.orgId, level ?? null],
        )
      },
    )

    app.get(
      '/api/regions',
      { schema: { querystring: RegionQuery, response: { 200: z.array(RegionNode) } }, config: anySignedIn },
      async (request) => {
        const { parentCode, search } = request.query
        if (search)
          return db.system.query<RegionNode>(
            `select code, name, full_name as "fullName", level, false as "hasChildren" from region
         where level = 'county' and (strpos(full_name, $1) > 0 or starts_with(code, $1) or starts_with(pinyin_initials, lower($1))) order by code limit ${MOST_FOUND}`,
            [search],
          )
        return db.system.query<RegionNode>(
          `select r.code, r.name, r.full_name as "fullName", r.level, r.level <> 'county' as "hasChildren" from region r where r.parent_code = $1 order by r.code limit ${MOST}`,
          [parentCode ?? '000000'],
        )
      },
    )
  }
