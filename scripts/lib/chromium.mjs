import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT, run } from './run.mjs'

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']

/** Path of a Chromium for the browser tests: CHROMIUM_PATH, one on the machine, Playwright's own; installed when there is none. */
export async function findChromium() {
  const there = process.env.CHROMIUM_PATH ?? KNOWN.find(existsSync) ?? playwrightsOwn()
  if (there && existsSync(there)) {
    await ensureFonts()
    return there
  }
  if (process.getuid?.() === 0 && hasApt()) {
    console.log('正在安装 Chromium(Debian 软件包)…')
    await run('apt-get', ['update', '-qq'], { quiet: true })
    await run('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk'], {
      quiet: true,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    return '/usr/bin/chromium'
  }
  console.log('正在安装 Chromium(Playwright)…')
  await run(process.execPath, [
    join(ROOT, 'e2e', 'node_modules', '@playwright', 'test', 'cli.js'),
    'install',
    'chromium',
  ])
  return playwrightsOwn()
}

// Without a Chinese font every character is a box: screenshots lie and text measures wrongly.
async function ensureFonts() {
  const fonts = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' })
  if ((fonts.stdout ?? '').trim() !== '' || process.getuid?.() !== 0 || !hasApt()) return
  await run('apt-get', ['update', '-qq'], { quiet: true, must: false })
  await run('apt-get', ['install', '-y', '-qq', 'fonts-noto-cjk'], { quiet: true, must: false })
}

const hasApt = () => spawnSync('apt-get', ['--version']).status === 0

function playwrightsOwn() {
  try {
    return createRequire(join(ROOT, 'e2e', 'package.json'))('@playwright/test').chromium.executablePath()
  } catch {
    return undefined
  }
}
