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
const CHINA = '000000'

/** Regions and organisations, one level at a time or by search; never the whole tree (peers: load regions lazily). */
export const organizationRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { prisma } = platform

    app.get(
      '/api/organizations',
      { schema: { querystring: OrganizationQuery, response: { 200: z.array(OrganizationNode) } }, config: anySignedIn },
      async (request) => {
        const { actor } = sessionOf(request)
        const { parentId, search, level } = request.query
        const range = rangeOf(actor.orgPath)
        const wanted = search ? found(search) : parentId ? { parentId } : { id: actor.orgId }
        const rows = await prisma.organization.findMany({
          where: { path: { gte: range.from, lt: range.to }, status: 'active', level, ...wanted },
          orderBy: { path: 'asc' },
          take: search ? MOST_FOUND : MOST,
          include: { parent: { select: { name: true } }, _count: { select: { children: true } } },
        })
        return rows.map(({ id, name, code, level: own, path, parent, _count }) => ({
          id,
          name,
          code,
          level: own,
          path,
          parentName: parent?.name ?? null,
          hasChildren: _count.children > 0,
        }))
      },
    )

    app.get(
      '/api/regions',
      { schema: { querystring: RegionQuery, response: { 200: z.array(RegionNode) } }, config: anySignedIn },
      async (request) => {
        const { parentCode, search } = request.query
        const rows = await prisma.region.findMany({
          where: search
            ? { level: 'county', OR: [...found(search).OR, { fullName: { contains: plain(search) } }] }
            : { parentCode: parentCode ?? CHINA },
          orderBy: { code: 'asc' },
          take: search ? MOST_FOUND : MOST,
        })
        return rows.map(({ code, name, fullName, level }) => ({
          code,
          name,
          fullName,
          level,
          hasChildren: level !== 'county',
        }))
      },
    )
  }

/** Named so, coded so, or with these pinyin initials; a percent sign is a percent sign. */
const found = (search: string) => {
  const text = plain(search)
  return {
    OR: [
      { name: { contains: text } },
      { code: { startsWith: text } },
      { pinyinInitials: { contains: text.toLowerCase() } },
    ],
  }
}

const plain = (search: string): string => search.replace(/[\\%_]/g, '\\$&')
