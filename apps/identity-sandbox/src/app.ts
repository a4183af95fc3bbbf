import { createHash, timingSafeEqual } from 'node:crypto'
import { IDENTITY_PATHS } from '@xueji/contracts/identity/identity-register.api'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { controlRoutes } from './control-routes.ts'
import { registerError } from './register-error.ts'
import { registerRoutes } from './register-routes.ts'
import { createSandboxState } from './sandbox-state.ts'

export type SandboxConfig = {
  /** The bearer token every call must carry, except the health check. */
  readonly token: string
  /** How many calls naming a hanging person go unanswered before it is answered; all when left out. */
  readonly hangAttempts?: number
}

/**
 * The stand-in for the population register (人口信息库) as a value: listen on it, or inject into it (DUP-009).
 * Closing it cuts the calls it left hanging.
 */
export function buildSandbox(config: SandboxConfig): FastifyInstance {
  // Hanging calls never end by themselves, so closing must not wait for them.
  const app = Fastify({ logger: false, forceCloseConnections: true })
  const state = createSandboxState(config.hangAttempts)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(registerError('notFound', 'no such route')))
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) return reply.code(500).send(registerError('internal', 'the sandbox has a fault'))
    if (status === 413) return reply.code(413).send(registerError('tooLarge', 'the body is too large'))
    return reply.code(status).send(registerError('invalidRequest', describe(error)))
  })
  app.addHook('onRequest', async (request, reply) => {
    if (request.url === IDENTITY_PATHS.health || isAuthorised(request, config.token)) return
    return reply.code(401).send(registerError('unauthorized', 'a bearer token is required'))
  })
  app.register((scope, _options, done) => {
    registerRoutes(scope, state)
    done()
  })
  app.register((scope, _options, done) => {
    controlRoutes(scope, state)
    done()
  })
  return app
}

function isAuthorised(request: FastifyRequest, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`))
}

/** Where the body is wrong and which check failed, without the value. */
function describe(error: FastifyError): string {
  if (!hasZodFastifySchemaValidationErrors(error)) return 'the body is not what the contract says'
  const places = error.validation.slice(0, 5).map((issue) => `${issue.instancePath} ${issue.keyword}`)
  return places.join('; ').slice(0, 500)
}
