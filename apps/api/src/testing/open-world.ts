import { afterAll, inject } from 'vitest'
import { buildTestApp, type TestApp, type TestAppOptions } from './http.ts'
import { createTestPlatform, type TestPlatform } from './test-platform.ts'
import { buildWorld, type World } from './world.ts'

/** A world of the test file's own and a platform on it, dropped after its last test: to be awaited at the top of the file. */
export async function openWorld(): Promise<{ readonly world: World; readonly platform: TestPlatform }> {
  const world = await buildWorld(inject('postgresUrl'))
  const platform = createTestPlatform(world.database.url)
  dropAfterwards(world, platform)
  return { world, platform }
}

/** The same with the app in front of it. */
export async function openApp(
  options: TestAppOptions = {},
): Promise<{ readonly world: World; readonly test: TestApp }> {
  const world = await buildWorld(inject('postgresUrl'))
  const test = await buildTestApp(world, options)
  dropAfterwards(world, test)
  return { world, test }
}

function dropAfterwards(world: World, last: { readonly close: () => Promise<void> }): void {
  afterAll(async () => {
    await last.close()
    await world.database.drop()
  })
}
