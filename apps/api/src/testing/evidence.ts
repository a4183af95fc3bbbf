import type { Actor } from '@xueji/domain/access/roles'
import { addEvidence, linkEvidence } from '../pipeline/evidence-store.ts'
import type { TestPlatform } from './test-platform.ts'

/** Puts a picture into the store as the route does once it has been read; returns its id. */
export async function addPicture(
  platform: TestPlatform,
  actor: Actor,
  bytes: Uint8Array = Uint8Array.of(1),
): Promise<string> {
  const { clock, db, files } = platform
  const id = clock.newId()
  const stored = await files.write(
    id,
    (async function* () {
      yield bytes
    })(),
  )
  const image = { kind: 'jpeg', bytes, width: 1, height: 1 } as const
  await db.inScopeOf(actor, (tx) => addEvidence(tx, clock, actor, { id, name: '证明.jpg', image, ...stored }))
  return id
}

/** Files a picture with an item as a room does. */
export const filePicture = (platform: TestPlatform, actor: Actor, id: string, itemId: string) =>
  platform.db.inScopeOf(actor, (tx) => linkEvidence(tx, platform.clock, actor, [id], itemId))
