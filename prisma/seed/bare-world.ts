import { randomBytes } from 'node:crypto'
import { buildAccounts, passwordHash } from './accounts.ts'
import type { SeedClient } from './client.ts'
import { buildBureaus } from './organizations.ts'
import { buildRegions } from './regions.ts'
import { buildWorkflow } from './workflow.ts'

/**
 * A database outside demo mode: regions, workflow, the bureaus of every province, and one administrator whose random password is returned to be shown once
 * and must be changed at first sign-in. No other account, no default password.
 */
export async function buildBareWorld(client: SeedClient): Promise<{ username: string; password: string }> {
  await buildRegions(client)
  await buildWorkflow(client)
  const provinces = Array.from({ length: 90 }, (_, index) => String(index + 10))
  const bureaus = await buildBureaus(client, provinces)
  const password = `${randomBytes(9).toString('base64url')}-Aa1`
  await buildAccounts(
    client,
    [{ username: 'admin', displayName: '系统管理员', org: bureaus.get('000000')!, roles: ['systemAdministrator'] }],
    await passwordHash(password),
    { isDemo: false, mustChange: true },
  )
  return { username: 'admin', password }
}
