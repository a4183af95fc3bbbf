import { expect, type Page } from '@playwright/test'

const PASSWORD = 'Xueji@2026'

/** Signs in through the sign-in page. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible()
}

/** Signs out. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: '注销' }).click()
  const confirm = page.getByRole('dialog').getByRole('button', { name: /注\s*销|确\s*定/ })
  await expect(confirm.or(page.getByLabel('用户名'))).toBeVisible()
  if (await confirm.isVisible()) await confirm.click()
  await expect(page.getByLabel('用户名')).toBeVisible()
}

/** Changes over to another person on the same computer. */
export async function becomes(page: Page, username: string): Promise<void> {
  await signOut(page)
  await signIn(page, username)
}

/** Opens a page from the menu on the left. */
export async function openPage(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByText(name, { exact: true })
    .or(page.getByRole('menuitem', { name, exact: true }))
    .first()
    .click()
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
}
