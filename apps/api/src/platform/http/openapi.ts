import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { VERSION } from '../version.ts'

/** Where the page lies; its routes come from a plugin and show no data. */
export const DOCS_PREFIX = '/api/docs'

/** The OpenAPI description, generated from the zod schemas of the routes, and a page to browse it at /api/docs. */
export async function installOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '学籍 API',
        version: VERSION,
        description: '全国中小学生学籍注册与审核接口。错误统一返回 { error: { id, message, requestId } }。',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'xueji' },
          service: { type: 'http', scheme: 'bearer', description: '服务账号的密钥' },
        },
      },
      security: [{ session: [] }],
    },
    transform: jsonSchemaTransform,
  })
  await app.register(swaggerUi, { routePrefix: DOCS_PREFIX, staticCSP: true })
}
