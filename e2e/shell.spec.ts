import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { openPage, signIn, signOut } from './worlds/people.ts'
import { expect, test } from './worlds/world.ts'

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
]

/** Who opens which pages from the menu. */
const PAGES: readonly (readonly [string, readonly string[]])[] = [
  [
    'harbour.registrar',
    ['小学新生注册', '退回待修改', '小学新生注册上报', '非小学新生注册', '非小学新生注册上报', '学籍注册查询'],
  ],
  ['harbour.leader', ['小学新生注册审核', '非小学新生注册审核', '学籍注册查询']],
  ['county440204', ['小学新生注册审核', '非小学新生注册审核', '学籍注册查询']],
]

async function expectCalm(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, `${what} scrolls sideways`).toBeLessThanOrEqual(0)
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
  const serious = violations.filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
  expect(serious.map((violation) => `${what}: ${violation.id} ${violation.nodes[0]?.html}`)).toEqual([])
}

test('the sign-in page lists the demo accounts, refuses a wrong password in words, and signs in by one click', async ({
  page,
}) => {
  await page.goto('/')
  await expect(page.getByText('sunshine.registrar')).toBeVisible()
  await expectCalm(page, '登录页')
  await page.getByLabel('用户名').fill('nobody')
  await page.getByLabel('密码', { exact: true }).fill('wrong')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/用户名或密码不正确/)).toBeVisible()
  await page.getByText('sunshine.leader').click()
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible()
  await expect(page.getByText(/您的密码将在90天后过期/)).toBeVisible()
})

for (const size of SIZES)
  test(`every page at ${size.width}×${size.height}: no sideways scrolling, no serious accessibility fault`, async ({
    page,
  }) => {
    await page.setViewportSize(size)
    for (const [username, names] of PAGES) {
      await signIn(page, username)
      await expectCalm(page, `${username} 首页`)
      for (const name of names) {
        await openPage(page, name)
        await page.waitForLoadState('networkidle')
        await expectCalm(page, `${username} ${name}`)
      }
      await signOut(page)
    }
  })

test('the menu shows what exists for the role and nothing else; a page of another role is refused inside the shell', async ({
  page,
}) => {
  await signIn(page, 'harbour.registrar')
  await expect(page.getByRole('link', { name: '小学新生注册上报', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: '小学新生注册审核', exact: true })).toHaveCount(0)
  await page.goto('/registration/review')
  await expect(page.getByText(/没有.*权限/).first()).toBeVisible()
  await signOut(page)
  await signIn(page, 'harbour.leader')
  await expect(page.getByRole('link', { name: '小学新生注册审核', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: '小学新生注册上报', exact: true })).toHaveCount(0)
})

test('pages open as tabs that keep their state and can be closed', async ({ page }) => {
  await signIn(page, 'harbour.registrar')
  await openPage(page, '学籍注册查询')
  await page.getByLabel('学生姓名').fill('张')
  await openPage(page, '小学新生注册上报')
  await page.getByRole('navigation', { name: '已打开的页面' }).getByText('学籍注册查询').click()
  await expect(page.getByLabel('学生姓名').locator('visible=true')).toHaveValue('张')
  await page.getByRole('button', { name: /关闭.*学籍注册查询/ }).click()
  await expect(page.getByRole('navigation', { name: '已打开的页面' }).getByText('学籍注册查询')).toHaveCount(0)
})

test('forced out by the administrator, one is asked to sign in again at the next step', async ({ page, browser }) => {
  await signIn(page, 'sunshine.newcomer')
  const other = await browser.newPage()
  await signIn(other, 'admin440203')
  await other.getByRole('button', { name: '系统管理' }).click()
  await openPage(other, '在线用户')
  const line = other.getByRole('row').filter({ hasText: 'sunshine.newcomer' }).first()
  await line.getByRole('checkbox').check()
  await other.getByRole('button', { name: '删除', exact: true }).click()
  await other
    .getByRole('dialog')
    .getByRole('button', { name: /确\s*定|强制下线|删\s*除|是/ })
    .first()
    .click()
  await expect(line).toHaveCount(0)
  await page.getByRole('link', { name: '学籍注册查询' }).click()
  await expect(page.getByText(/重新登录/).first()).toBeVisible()
})
