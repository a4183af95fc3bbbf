import { chromium } from '@playwright/test'

const base = process.env.BASE ?? 'http://127.0.0.1:8800'
const [user, ...paths] = process.argv.slice(2)
const b = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
const w = Number(process.env.W ?? 1366),
  h = Number(process.env.H ?? 768)
const p = await b.newPage({ viewport: { width: w, height: h }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
p.on('console', (m) => {
  if (m.type() === 'error' || m.type() === 'warning') console.log('console', m.text().slice(0, 200))
})
await p.goto(base)
if (user === '-') {
  await p.waitForTimeout(1500)
  await p.screenshot({ path: '/tmp/shot-login.png' })
} else {
  await p.getByLabel('用户名').fill(user!)
  await p.getByLabel('密码').fill('Xueji@2026')
  await p.keyboard.press('Enter')
  await p.waitForTimeout(2500)
  for (const [i, path] of paths.entries()) {
    await p.goto(base + path)
    await p.waitForTimeout(2500)
    await p.screenshot({ path: `/tmp/shot-${i}.png` })
  }
}
await b.close()
