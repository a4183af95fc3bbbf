import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import Excel from 'exceljs'
import { becomes, openPage, signIn } from '../worlds/people.ts'
import { childrenOf, fillTemplate, listOnRoster } from '../worlds/roster.ts'
import { expect, test } from '../worlds/world.ts'

const PASSWORD = 'Xueji@2026'
const COUNT = 30

/** Brings children to the school of whoever is signed in, as registrars do. */
async function importRoster(page: Page, folder: string, children: ReturnType<typeof childrenOf>): Promise<void> {
  await listOnRoster(page, children)
  await openPage(page, '小学新生注册')
  const download = page.waitForEvent('download')
  await page
    .getByRole('link', { name: '下载模板' })
    .or(page.getByRole('button', { name: '下载模板' }))
    .click()
  const [template, roster] = [join(folder, 'template.xlsx'), join(folder, '导出用名单.xlsx')]
  await (await download).saveAs(template)
  await fillTemplate(template, roster, children)
  await page.locator('input[type=file]').first().setInputFiles(roster)
  await expect(page.getByRole('row').filter({ hasText: '导出用名单.xlsx' }).last()).toContainText('处理成功', {
    timeout: 60_000,
  })
}

/** The first sheet as another program reads it: headers and rows of texts. */
async function readSheet(path: string): Promise<{ headers: string[]; rows: string[][]; formulas: number }> {
  const book = new Excel.Workbook()
  await book.xlsx.readFile(path)
  const sheet = book.worksheets[0]!
  const width = sheet.getRow(1).cellCount
  let formulas = 0
  const lines = Array.from({ length: sheet.rowCount }, (_, at) =>
    Array.from({ length: width }, (_, column) => {
      const cell = sheet.getCell(at + 1, column + 1)
      if (cell.formula) formulas++
      return cell.text
    }),
  )
  return { headers: lines[0]!, rows: lines.slice(1), formulas }
}

test('a registrar exports what the search shows, authorised by the school’s leader, and finds the file again later', async ({
  page,
}, { outputDir }) => {
  const children = childrenOf('harbour', COUNT, '440229')
  await signIn(page, 'harbour.registrar')
  await importRoster(page, outputDir, children)
  await openPage(page, '学籍注册查询')
  await expect(page.getByText(`共 ${COUNT} 条`)).toBeVisible()
  await page.getByRole('search').getByLabel('注册类别').click()
  await page.locator('.ant-select-item[title="居民身份证小学新生注册"]').click()
  // While the list is read the button’s sign is part of its name.
  await page.getByRole('search').getByRole('button', { name: /查询$/ }).click()

  await page.getByRole('button', { name: '导出', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('注册类别 居民身份证小学新生注册')
  await expect(dialog.getByRole('definition').last()).toHaveText(String(COUNT))
  const { violations } = await new AxeBuilder({ page }).include('.ant-modal').analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])

  // Columns: the list's own, without the school's name, with the telephone.
  await dialog.getByLabel('移出学校名称').click()
  await dialog.getByLabel('查找信息项').fill('电话')
  await dialog.getByRole('checkbox', { name: /^联系电话/ }).check()
  await expect(dialog).toContainText('含敏感信息 3 项')

  // Authorisation: not by oneself, not by a wrong password, then by the leader.
  const submit = dialog.getByRole('button', { name: '导出', exact: true })
  await dialog.getByLabel('授权账号用户名').fill('harbour.registrar')
  await dialog.getByLabel('授权账号密码').fill(PASSWORD)
  await submit.click()
  await expect(dialog).toContainText('须由本单位另一账号授权，不能使用自己的账号')
  await dialog.getByLabel('授权账号用户名').fill('harbour.leader')
  await dialog.getByLabel('授权账号密码').fill('Wrong-1234')
  await submit.click()
  await expect(dialog).toContainText('授权未通过')
  await dialog.getByLabel('授权账号密码').fill(PASSWORD)
  await submit.click()

  const record = dialog.getByRole('listitem').first()
  await expect(record).toContainText(`可下载 ${COUNT} 条`)
  await expect(record).toContainText('条件 注册类别：居民身份证小学新生注册')
  // Left, and found again.
  await page.reload()
  await openPage(page, '学籍注册查询')
  await page.getByRole('button', { name: '导出', exact: true }).click()
  await dialog.getByRole('tab', { name: '导出记录' }).click()
  const download = page.waitForEvent('download')
  await record.getByRole('link', { name: '下载' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^学籍注册查询-.+-\d{8}\.xlsx$/)
  const path = join(outputDir, 'export.xlsx')
  await file.saveAs(path)

  const { headers, rows, formulas } = await readSheet(path)
  expect(headers).toEqual([
    ...['姓名', '性别', '身份证件类型', '身份证件号', '学籍号', '注册类别', '年级', '班级', '查重认证状态'],
    ...['录入日期', '当前环节/状态', '联系电话'],
  ])
  expect(formulas).toBe(0)
  const exported = rows.map((row) => [row[0], row[3], row.at(-1)].join())
  expect(exported.sort()).toEqual(
    children.map((child) => [child.name, child.identityNumber, child.phone].join()).sort(),
  )
  // The choice of columns is remembered.
  await dialog.getByRole('tab', { name: '新的导出' }).click()
  await expect(dialog.getByRole('region', { name: '已选信息项' })).toContainText('联系电话')
  await page.keyboard.press('Escape')

  // Whoever may not export is not offered it: the leader, and the county while its province has not enabled it.
  for (const username of ['harbour.leader', 'county440203']) {
    await becomes(page, username)
    await openPage(page, '学籍注册查询')
    await expect(page.getByRole('search').getByRole('button', { name: /查询$/ })).toBeVisible()
    await expect(page.getByRole('button', { name: '导出', exact: true })).toHaveCount(0)
  }
})
