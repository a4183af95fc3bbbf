import { setTimeout as sleep } from 'node:timers/promises'
import {
  DuplicateCheckAnswer,
  DuplicateCheckRequest,
  HealthAnswer,
  IDENTITY_PATHS,
  VerificationBatchAnswer,
  VerificationRequest,
} from '@xueji/contracts/identity/identity-register.api'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { behaviourOf, duplicateAnswer, verificationAnswer } from './outcomes.ts'
import { registerError } from './register-error.ts'
import type { Disturbed, SandboxState } from './sandbox-state.ts'

type Call = { readonly requestId: string; readonly persons: readonly { ref: string }[] }

/** The routes of the contract. Outcomes are decided in outcomes.ts; this file only lets calls wait, fail or hang. */
export function registerRoutes(instance: FastifyInstance, state: SandboxState): void {
  const app = instance.withTypeProvider<ZodTypeProvider>()

  app.addHook('onRequest', async (_request, reply) => {
    if (state.mode() === 'down') return reply.code(503).send(registerError('unavailable', 'the sandbox is down'))
  })

  app.get(IDENTITY_PATHS.health, { schema: { response: { 200: HealthAnswer } } }, async (_request, reply) => {
    await delay(state, reply)
    return { status: 'ok' as const, service: 'identity-sandbox' }
  })

  app.post(
    IDENTITY_PATHS.check,
    { schema: { body: DuplicateCheckRequest, response: { 200: DuplicateCheckAnswer } } },
    async (request, reply) => {
      const disturbed: Disturbed[] = []
      for (const { identityType, identityNumber } of request.body.persons) {
        const how = behaviourOf(identityType, identityNumber).check
        if (how === 'hang' || how === 'flaky') disturbed.push({ key: `check:${identityType}:${identityNumber}`, how })
      }
      return answer(state, reply, IDENTITY_PATHS.check, request.body, disturbed, () => ({
        results: request.body.persons.map(duplicateAnswer),
      }))
    },
  )

  app.post(
    IDENTITY_PATHS.verify,
    { schema: { body: VerificationRequest, response: { 200: VerificationBatchAnswer } } },
    async (request, reply) => {
      const disturbed: Disturbed[] = []
      for (const { identityNumber } of request.body.persons) {
        const how = behaviourOf('1', identityNumber).verify
        if (how === 'hang' || how === 'flaky') disturbed.push({ key: `verify:${identityNumber}`, how })
      }
      return answer(state, reply, IDENTITY_PATHS.verify, request.body, disturbed, () => ({
        results: request.body.persons.map(verificationAnswer),
      }))
    },
  )
}

async function answer<Answer>(
  state: SandboxState,
  reply: FastifyReply,
  path: string,
  call: Call,
  disturbed: readonly Disturbed[],
  decide: () => Answer,
): Promise<Answer | FastifyReply> {
  const leave = state.enter(call.persons.map((person) => person.ref))
  // A caller that gives up leaves here; every other path leaves below, before the answer goes out, so that a caller
  // which sends its next call at once is never counted twice.
  reply.raw.once('close', leave)
  if (state.remember(path, call) === 'conflict') {
    leave()
    return reply.code(409).send(registerError('requestIdReused', 'this requestId was used for another call'))
  }
  await delay(state, reply)
  const disposition = state.dispose(disturbed)
  if (disposition === 'hang') return reply.hijack()
  leave()
  if (disposition === 'fail') return reply.code(503).send(registerError('unavailable', 'try again'))
  return decide()
}

/** Waits while the sandbox is slow, no longer than the caller does. */
async function delay(state: SandboxState, reply: FastifyReply): Promise<void> {
  const ms = state.delayMs()
  if (ms === 0) return
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  await sleep(ms, undefined, { signal: gone.signal }).catch(() => undefined)
}
