import type { Page } from '@playwright/test'
import { VOCATIONAL_TEMPLATE } from '@xueji/contracts/rooms/vocational/vocational.template'
import { rosterRow } from '@xueji/db/seed/roster'
import Excel from 'exceljs'
import { becomes, openPage, signIn } from '../worlds/people.ts'
import { childrenOf } from '../worlds/roster.ts'
import { expect, test } from '../worlds/world.ts'

const panel = (page: Page) => page.locator('.xj-panel:visible').last()
const row = (page: Page, text: string) => panel(page).getByRole('row').filter({ hasText: text })

/** The names in the list's rows that carry a text. */
const namesWith = async (page: Page, text: string): Promise<string[]> => {
  await expect(row(page, text).first()).toBeVisible()
  return Promise.all(
    (await row(page, text).all()).map(async (one) => (await one.getByRole('cell').nth(1).textContent())?.trim() ?? ''),
  )
}

test('中职接续: a list, the warning, 继续 and 不继续; the senior school takes notice', async ({ page }, info) => {
  await signIn(page, 'craft.registrar')
  // A vocational school has this page and no other (its records live in another system).
  await expect(page.getByRole('navigation').getByText('学籍注册')).toHaveCount(0)
  await openPage(page, '学籍调档')
  await expect(panel(page).getByText('已匹配 13、待确认 3、未查到 3，待接续 19 人')).toBeVisible()

  // A list of six columns comes in whole.
  const newcomers = childrenOf('craft', 2, '440281')
  const path = info.outputPath('中职新生名单.xlsx')
  const book = new Excel.Workbook()
  const sheet = book.addWorksheet(VOCATIONAL_TEMPLATE.sheetName)
  sheet.addRow(VOCATIONAL_TEMPLATE.columns.map((column) => column.header))
  for (const child of newcomers) sheet.addRow(rosterRow(VOCATIONAL_TEMPLATE, child))
  await book.xlsx.writeFile(path)
  await panel(page).getByRole('button', { name: 'Excel导入' }).click()
  const dialog = page.getByRole('dialog')
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: '浏览' }).click()
  await (await chooser).setFiles(path)
  await dialog.getByRole('button', { name: '上传' }).click()
  await expect(dialog.getByText('导入成功 2 人：已匹配学籍 0、待确认学籍 0、未查到学籍 2')).toBeVisible({
    timeout: 60_000,
  })
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await row(page, newcomers[0]!.name!).getByRole('checkbox').check()
  await panel(page).getByRole('button', { name: '学籍接续' }).click()
  await expect(page.getByText('未查到该生学籍，没有可以接续的学籍').last()).toBeVisible()
  await row(page, newcomers[0]!.name!).getByRole('checkbox').uncheck()

  // 待确认 is settled by a person.
  const [unsure] = await namesWith(page, '待确认学籍')
  await row(page, unsure!).getByRole('button', { name: '待确认学籍' }).click()
  await dialog.getByRole('radio').first().check()
  await dialog.getByRole('button', { name: '确认匹配学籍' }).click()
  await expect(row(page, unsure!)).toContainText('已匹配学籍')

  // Two whom a senior school has admitted: one goes on, one stays.
  const [leaving, staying] = await namesWith(page, '已被普通高中录取')
  for (const name of [unsure!, leaving!, staying!]) await row(page, name).getByRole('checkbox').check()
  await panel(page).getByRole('button', { name: '学籍接续' }).click()
  await expect(dialog.getByText('2 名学生已被普通高中录取，请按有关规定逐人选择')).toBeVisible()
  await expect(dialog.getByRole('button', { name: /确\s*定/ })).toBeDisabled()
  await dialog
    .getByRole('radiogroup', { name: `${leaving}是否接续` })
    .getByText('继续', { exact: true })
    .click()
  await dialog
    .getByRole('radiogroup', { name: `${staying}是否接续` })
    .getByText('不继续', { exact: true })
    .click()
  await dialog.getByRole('button', { name: /确\s*定/ }).click()
  await expect(page.getByText('已接续 2 人，已终止 1 人')).toBeVisible()
  await expect(row(page, leaving!)).toContainText('已接续到中职')
  await expect(row(page, staying!)).toContainText('已终止注册')

  // The senior school: on its home page, in 重复录取处理, and in the query.
  await becomes(page, 'secondary.registrar')
  await expect(page.getByText('重复录取·待知悉')).toBeVisible()
  await openPage(page, '重复录取处理')
  await expect(row(page, leaving!)).toContainText('学籍已转往中职，就读状态为去中职就读')
  await expect(row(page, staying!)).toContainText('中职放弃接续，学籍不动')
  await row(page, leaving!).getByRole('checkbox').check()
  await panel(page).getByRole('button', { name: '知悉' }).click()
  await expect(page.getByText('已知悉 1 人')).toBeVisible()
  await expect(row(page, leaving!)).not.toContainText('待知悉')
  await openPage(page, '中职调档查询')
  await panel(page).getByLabel('调档状态').click()
  await page.locator('.ant-select-dropdown:visible').getByText('已接续到中职', { exact: true }).click()
  await panel(page).getByRole('button', { name: '查询', exact: true }).click()
  await expect(row(page, leaving!)).toBeVisible()
  await expect(row(page, unsure!.slice(0, 1)).first()).toBeVisible()
  await expect(row(page, staying!)).toHaveCount(0)
})

test('修改 shows the child chosen, whomever the form showed before', async ({ page }) => {
  await signIn(page, 'craft.registrar')
  await openPage(page, '学籍调档')
  const dialog = page.getByRole('dialog')
  await panel(page).getByRole('button', { name: '新增' }).click()
  await dialog.getByLabel('姓名').fill('某某')
  await dialog
    .getByRole('button', { name: /关\s*闭/ })
    .last()
    .click()
  for (const name of (await namesWith(page, '未查到学籍')).slice(0, 2)) {
    await expect(dialog).toHaveCount(0)
    await row(page, name).getByRole('checkbox').check()
    await panel(page).getByRole('button', { name: '修改' }).click()
    await expect(dialog.getByLabel('姓名')).toHaveValue(name)
    await dialog
      .getByRole('button', { name: /关\s*闭/ })
      .last()
      .click()
    await row(page, name).getByRole('checkbox').uncheck()
  }
})
