import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import underPressure from '@fastify/under-pressure'
import fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { changeSetRoutes } from './pipeline/change-set-routes.ts'
import { commandRoutes } from './pipeline/command-routes.ts'
import { correctionRoutes } from './pipeline/correction-routes.ts'
import { evidenceRoutes } from './pipeline/evidence-routes.ts'
import { exportRoutes } from './pipeline/export-routes.ts'
import { filingRoutes } from './pipeline/filing-routes.ts'
import { homeRoutes } from './pipeline/home-routes.ts'
import { importRoutes } from './pipeline/import-routes.ts'
import { itemRoutes } from './pipeline/item-routes.ts'
import { markedFileRoutes } from './pipeline/marked-file-routes.ts'
import { namePinyinRoutes } from './pipeline/name-pinyin-routes.ts'
import { photoPackageRoutes } from './pipeline/photo/package-routes.ts'
import { photoRoutes } from './pipeline/photo/photo-routes.ts'
import { serviceAccountRoutes } from './platform/accounts/service-account-routes.ts'
import { subAccountRoutes } from './platform/accounts/sub-account-routes.ts'
import { authRoutes } from './platform/http/auth-routes.ts'
import { installAuthentication } from './platform/http/authenticate.ts'
import { answerUnreadablePath, installErrorHandler } from './platform/http/errors.ts'
import { healthRoutes } from './platform/http/health-routes.ts'
import { installIdempotency } from './platform/http/idempotency.ts'
import { liveRoutes } from './platform/http/live-routes.ts'
import { onlineRoutes } from './platform/http/online-routes.ts'
import { DOCS_PREFIX, installOpenApi } from './platform/http/openapi.ts'
import { organizationRoutes } from './platform/http/organization-routes.ts'
import { openToAll, type RoutePolicy, requirePolicies } from './platform/http/policy.ts'
import type { LiveHub } from './platform/live-events.ts'
import type { Platform } from './platform/platform.ts'
import { structureRoutes } from './platform/school/structure-routes.ts'
import { settingRoutes } from './platform/setting-routes.ts'
import { workflowRoutes } from './platform/workflow/workflow-routes.ts'
import { ENTERING_ROOMS, findReviewRoom, LISTING_ROOMS, NEWCOMER_ROOM, ROOMS } from './rooms/index.ts'
import { legacyRoutes } from './rooms/legacy/legacy.routes.ts'
import { preschoolRoutes } from './rooms/preschool/preschool-routes.ts'
import { problemQueue } from './rooms/problem/problem.home.ts'
import type { IdentityRegister } from './rooms/problem/problem.precheck.ts'
import { problemRoom } from './rooms/problem/problem.room.ts'
import { problemRoutes } from './rooms/problem/problem.routes.ts'
import { collectionRoutes } from './rooms/registration/collection-routes.ts'
import { progressRoutes } from './rooms/registration/progress-routes.ts'
import { vocationalQueue } from './rooms/vocational/request.home.ts'
import { vocationalRoutes } from './rooms/vocational/vocational-routes.ts'

// A request line with a name or number in it would put personal data in the log: only the route's pattern is written.
const SILENT_SERIALIZERS = {
  req: (request: { method?: string; routeOptions?: { url?: string } }) => ({
    method: request.method,
    route: request.routeOptions?.url,
  }),
}

/** What the API is built from; `logStream` takes its log lines instead of standard output. */
export type AppParts = Omit<Platform, 'log'> & {
  readonly hub: LiveHub
  /** Asked while somebody waits: amendments of problem records are checked before they are filed (PROB-008). */
  readonly register: IdentityRegister
  /** How often an open stream is looked after; 15 seconds when left out. */
  readonly heartbeatMillis?: number
  readonly logStream?: { write: (line: string) => void }
}

/** The API as a value: composition only. Everything it needs is passed in; `main.ts` starts and stops it. */
export async function buildApp(platform: AppParts): Promise<FastifyInstance> {
  const { config, logStream } = platform
  const app = fastify({
    logger:
      config.logLevel === 'silent'
        ? false
        : { level: config.logLevel, serializers: SILENT_SERIALIZERS, ...(logStream ? { stream: logStream } : {}) },
    genReqId: () => randomUUID(),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerUnreadablePath,
    forceCloseConnections: true,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  const context: Platform = { ...platform, log: app.log }

  const web = { loading: false }
  requirePolicies(app, (url) => pluginPolicy(url, web.loading))
  installErrorHandler(app)
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: [`'self'`],
        scriptSrc: [`'self'`],
        styleSrc: [`'self'`, `'unsafe-inline'`],
        imgSrc: [`'self'`, 'data:'],
        connectSrc: [`'self'`],
        frameAncestors: [`'none'`],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: config.tls,
    frameguard: { action: 'deny' },
  })
  await app.register(underPressure, {
    maxEventLoopDelay: 2_000,
    exposeStatusRoute: false,
    pressureHandler: () => {
      throw Object.assign(new Error('under pressure'), { statusCode: 503 })
    },
  })
  await app.register(cookie)
  await app.register(multipart, { limits: { files: 1, fields: 4 } })
  await app.register(rateLimit, { global: true, max: config.rateLimitPerMinute, timeWindow: '1 minute' })
  installAuthentication(app, context.db, context.clock, config)
  installIdempotency(app, context.db.system, context.clock)
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  await installOpenApi(app)

  await app.register(healthRoutes(context))
  await app.register(authRoutes(context))
  await app.register(onlineRoutes(context))
  await app.register(subAccountRoutes(context))
  await app.register(serviceAccountRoutes(context))
  await app.register(organizationRoutes(context))
  await app.register(structureRoutes(context))
  await app.register(workflowRoutes(context))
  await app.register(settingRoutes(context))
  await app.register(liveRoutes(platform, platform.hub, platform.heartbeatMillis))
  await app.register(homeRoutes(context, ROOMS, [problemQueue, vocationalQueue]))
  await app.register(evidenceRoutes(context))
  await app.register(photoRoutes(context))
  await app.register(photoPackageRoutes(context))
  await app.register(namePinyinRoutes)
  for (const room of ROOMS) {
    await app.register(importRoutes(context, room))
    await app.register(changeSetRoutes(context, room))
    await app.register(markedFileRoutes(context, room))
    await app.register(itemRoutes(context, room))
    await app.register(commandRoutes(context, room, findReviewRoom))
    await app.register(filingRoutes(context, room))
    await app.register(correctionRoutes(context, room))
    await app.register(exportRoutes(context, room))
  }
  await app.register(collectionRoutes(context))
  await app.register(progressRoutes(context))
  await app.register(commandRoutes(context, problemRoom, findReviewRoom))
  await app.register(exportRoutes(context, problemRoom))
  await app.register(problemRoutes(context, platform.register))
  for (const room of ENTERING_ROOMS) {
    await app.register(importRoutes(context, room))
    await app.register(markedFileRoutes(context, room))
  }
  for (const room of LISTING_ROOMS) await app.register(exportRoutes(context, room))
  await app.register(legacyRoutes(context))
  await app.register(preschoolRoutes(context, NEWCOMER_ROOM))
  await app.register(vocationalRoutes(context))
  if (config.webFolder) {
    web.loading = true
    await serveWeb(app, config.webFolder)
    web.loading = false
  }
  return app
}

/** Routes that plugins make: the API description and the built web app, neither of which shows data. Every other route speaks for itself. */
function pluginPolicy(url: string, loadingWeb: boolean): RoutePolicy | undefined {
  if (url === DOCS_PREFIX || url.startsWith(`${DOCS_PREFIX}/`)) return { kind: 'public', reason: 'API description' }
  return loadingWeb && !url.startsWith('/api/') ? { kind: 'public', reason: 'static web app' } : undefined
}

/** The built web app: assets by their hashed names for ever, and for any other path outside the API its one page, which knows its own routes. */
async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: resolve(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    index: false,
  })
  app.get('/*', { config: openToAll('static web app') }, async (request, reply) => {
    // A missing asset is missing: the page in its place would be run as a script.
    if (request.url.startsWith('/api/') || request.url.startsWith('/assets/')) return reply.callNotFound()
    return reply
      .header('cache-control', 'no-cache')
      .sendFile('index.html', resolve(folder), { immutable: false, maxAge: 0 })
  })
}
