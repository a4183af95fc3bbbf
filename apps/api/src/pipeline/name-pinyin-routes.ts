import { NamePinyinAnswer, NamePinyinRequest } from '@xueji/contracts/platform/name-pinyin.api'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { onlyRoles } from '../platform/http/policy.ts'
import { pinyinOfName } from './name-pinyin.ts'

/** What forms put into 姓名拼音 while a name is typed: the dictionary stays here, the page loads none (fields.md 1.2). */
export const namePinyinRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/api/name-pinyin',
    {
      schema: { body: NamePinyinRequest, response: { 200: NamePinyinAnswer } },
      config: { ...onlyRoles('schoolRegistrar', 'newcomerClerk'), withoutIdempotencyKey: true },
    },
    async (request) => ({ namePinyin: pinyinOfName(request.body.name) ?? '' }),
  )
}
