import { type ApiPerson, listChildren, signIn, writeRoster } from '../../scripts/lib/demo-activity.ts'
import type { childrenOf } from './roster.ts'

const PASSWORD = 'Xueji@2026'
const ROOM = '/api/rooms/registration'

/** Registers children of a demo school by its own people and its bureau, as their pages would. Journeys that begin with students start here. */
export async function registerChildren(
  url: string,
  school: string,
  bureau: string,
  children: ReturnType<typeof childrenOf>,
): Promise<void> {
  const registrar = await signIn(url, `${school}.registrar`, PASSWORD)
  await listChildren(registrar, '学前调档名单.xlsx', children)
  const { batch } = await registrar.upload<{ batch: { id: string } }>(
    `${ROOM}/imports?category=R11`,
    '名单.xlsx',
    await writeRoster(children),
  )
  await until(async () => {
    const { total } = await registrar.get<{ total: number }>(
      `${ROOM}/items?importBatchId=${batch.id}&status=schoolReview&count=1&limit=1`,
    )
    return total === children.length
  })
  const filter = { importBatchId: batch.id }
  await command(await signIn(url, `${school}.leader`, PASSWORD), 'approve', filter)
  await command(registrar, 'escalate', filter)
  await command(await signIn(url, bureau, PASSWORD), 'approve', filter)
}

async function command(person: ApiPerson, name: 'approve' | 'escalate', filter: object): Promise<void> {
  const { id } = await person.send<{ id: string }>('POST', `${ROOM}/review-batches`, { command: name, filter })
  await until(async () => (await person.get<{ status: string }>(`${ROOM}/review-batches/${id}`)).status === 'finished')
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (await done()) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the children were not registered within a minute')
}
