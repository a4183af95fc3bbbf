import { ALL_ROLES, type Role } from '@xueji/domain/access/roles'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, buildTestApp, type TestApp } from '../../testing/http.ts'
import { idOf, in_, mayCall } from '../../testing/may-call.ts'
import { findSample, routeName, sendSample } from '../../testing/sample-requests.ts'
import { fingerprint } from '../../testing/snapshot.ts'
import { buildWorld, WORLD_PEOPLE, type World } from '../../testing/world.ts'
import { anySignedIn, type DeclaredRoute } from './policy.ts'

let world: World
let test: TestApp

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

describe('every route × every role', () => {
  it('has a sample request for every route, and none for a route that is gone', () => {
    const without = test.app.declaredRoutes.filter((route) => !findSample(world, route)).map(routeName)
    expect(without, 'add these routes to testing/sample-requests.ts').toEqual([])
  })

  it('stops the start when a route declares no policy, under whatever prefix', async () => {
    for (const url of ['/api/unguarded', '/unguarded', '/api/docs-of-mine', '/health/secret'])
      await expect(buildTestApp(world, { extend: (app) => void app.get(url, async () => ({})) }), url).rejects.toThrow(
        /declares no policy/,
      )
    const guarded = await buildTestApp(world, {
      extend: (app) => void app.get('/api/guarded', { config: anySignedIn }, async () => ({})),
    })
    expect(idOf(await guarded.anonymous.get('/api/guarded'))).toBe('auth.required')
    expect(findSample(world, { method: 'GET', url: '/api/guarded' })).toBeUndefined()
    await guarded.close()
  })

  it('keeps system and data administrators and class teachers out of all business (menu §0)', () => {
    const outsiders = in_<Role>(['systemAdministrator', 'dataAdministrator', 'homeroomTeacher'])
    const open = test.app.declaredRoutes.filter(
      ({ url, policy }) => url.startsWith('/api/rooms/') && policy.kind === 'roles' && policy.roles.some(outsiders),
    )
    // Shared archives are brought in by the data administrator, and by nobody else.
    const archives = open.filter(({ url }) => url.startsWith('/api/rooms/preschool-archive/'))
    for (const { policy } of archives) expect(policy).toEqual({ kind: 'roles', roles: ['dataAdministrator'] })
    // 在线用户 is the system administrators' own page, and so is its list.
    const system = open.filter(({ url }) => url.startsWith('/api/rooms/system/'))
    for (const { policy } of system) expect(policy).toEqual({ kind: 'roles', roles: ['systemAdministrator'] })
    // Students of old by the data administrator too, and by the counties.
    const loads = open.filter(({ url }) => url.startsWith('/api/rooms/legacy/'))
    for (const { policy } of loads)
      expect(policy).toEqual({ kind: 'roles', roles: ['dataAdministrator', 'countyRegistrar'] })
    expect(open.filter((route) => ![archives, system, loads].some((some) => some.includes(route)))).toEqual([])
    const unguarded = test.app.declaredRoutes.filter(
      ({ url, policy }) => url.startsWith('/api/rooms/') && policy.kind !== 'roles' && !url.endsWith('/entries'),
    )
    expect(unguarded).toEqual([])
  })

  it('answers each by its policy, and writes nothing when it refuses', async () => {
    const wrong: string[] = []
    for (const route of test.app.declaredRoutes) {
      const before = await fingerprint(world)
      for (const [username, roles] of callersOf((roles) => !mayCall(route, roles))) {
        const answer = await send(username, route)
        const expected = roles ? 'forbidden' : 'auth.required'
        if (idOf(answer) !== expected) wrong.push(`${routeName(route)} as ${username}: ${idOf(answer)}`)
      }
      expect(await fingerprint(world), routeName(route)).toEqual(before)
      for (const [username] of callersOf((roles) => mayCall(route, roles))) {
        const answer = await send(username, route)
        if (!wentThrough(route, answer)) wrong.push(`${routeName(route)} as ${username}: ${answer.text}`)
      }
    }
    expect(wrong).toEqual([])
  }, 180_000)

  // A wrong password is the one 401 that is no matter of policy.
  const wentThrough = ({ url }: DeclaredRoute, answer: Answer): boolean =>
    answer.status < 500 &&
    answer.status !== 403 &&
    (answer.status !== 401 || (url === '/api/auth/login' && idOf(answer) === 'auth.invalid'))

  /** Nobody, and one account of each role: policies see no more of a caller. */
  const callersOf = (matches: (roles: readonly Role[] | undefined) => boolean) => {
    const oneOfEach = ALL_ROLES.map((role) => WORLD_PEOPLE.find(([, , roles]) => roles.includes(role))!)
    const named = oneOfEach.map(([name, , roles]) => [name, roles] as const)
    return [['anonymous', undefined] as const, ...named].filter(([, roles]) => matches(roles))
  }

  async function send(username: string, route: DeclaredRoute): Promise<Answer> {
    const sample = findSample(world, route)!
    const person =
      username === 'anonymous' ? test.anonymous : await (sample.endsSession ? test.signIn : test.as)(username)
    return sendSample(person, route, sample)
  }
})
