import { expect, it } from 'vitest'
import { openWorld } from '../testing/open-world.ts'
import { publishAll } from './live-events.ts'

const { world, platform } = await openWorld()

it('publishes a set of news in one statement, in the order given; none says nothing', async () => {
  const { client } = world.database
  const heard: unknown[] = []
  client.on('notification', ({ payload }) => heard.push(JSON.parse(payload!)))
  await client.query('listen xueji_live')
  const news = ['b', 'a', 'c'].map((id) => ({ topic: 'queue', id, orgPath: world.org.school!.path }) as const)
  const before = platform.db.statementCount()
  await publishAll(platform.db.system, [])
  await publishAll(platform.db.system, news)
  expect(platform.db.statementCount() - before).toBe(1)
  await expect.poll(() => heard).toEqual(news)
})
