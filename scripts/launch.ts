// Starts and stops the whole system; run by `npm start` after the build.
import { join } from 'node:path'
import { chinaDay } from '../apps/api/src/platform/clock.ts'
import { DEMO_PASSWORD } from '../apps/api/src/platform/http/auth-routes.ts'
import { schoolYearOf } from '../packages/domain/src/student/school-year.ts'
import { showBanner } from './lib/banner.ts'
import { playDemo, writeSamples } from './lib/demo-activity.ts'
import { type RunningSystem, startSystem } from './lib/system.ts'

let running: RunningSystem | undefined
let stopping = false

const stop = async (code: number): Promise<void> => {
  if (stopping) return
  stopping = true
  console.log('\n正在停止 …')
  await running?.stop()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0))

try {
  const watch = process.argv.includes('--watch')
  running = await startSystem({
    dataFolder: process.env.XUEJI_DATA ?? join(process.cwd(), 'data'),
    say: (line) => console.log(line),
    watch,
  })
  // Browser tests want the people and the schools, not the past.
  if (running.demo && running.fresh && !process.argv.includes('--no-past')) {
    console.log('正在准备演示数据（导入、查重认证、审核，约十几秒）…')
    const entryYear = schoolYearOf(chinaDay(new Date()))
    await writeSamples(running.dataFolder, entryYear)
    await playDemo(running.url, DEMO_PASSWORD, entryYear)
  }
  showBanner(running)
  running.onUnexpectedEnd((name) => {
    console.error(`${name} 意外结束，系统停止。`)
    void stop(1)
  })
} catch (error) {
  console.error(`\n启动失败：${error instanceof Error ? error.message : String(error)}`)
  await stop(1)
}
