import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { becomes, openPage, signIn } from '../worlds/people.ts'
import {
  childrenOf,
  describeTemplate,
  downloadTemplate,
  ENTRY_YEAR,
  fillTemplate,
  listOnRoster,
} from '../worlds/roster.ts'
import { expect, test } from '../worlds/world.ts'

test.describe.configure({ mode: 'serial' })

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })
const upload = (page: Page, path: string) => page.locator('input[type=file]').first().setInputFiles(path)

/** Answers the dialog of 全部审核 / 全部上报 and waits for its summary. */
async function allInOne(page: Page, open: RegExp, confirm: string, expected: RegExp): Promise<void> {
  await page.getByRole('button', { name: open }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: confirm, exact: true }).click()
  await expect(dialog.getByText(expected).first()).toBeVisible({ timeout: 60_000 })
  await dialog.getByRole('button', { name: '关闭' }).first().click()
}

test('a roster of 300 becomes registered students: template, upload, school review, escalation, bureau, 学籍号', async ({
  page,
}, { outputDir }) => {
  await signIn(page, 'sunshine.registrar')
  await openPage(page, '小学新生注册')
  const template = await downloadTemplate(page, outputDir)
  const promised = await describeTemplate(template)
  expect(promised.headers).toHaveLength(73)
  expect(promised.red).toContain('身份证件号')
  expect(promised.red).not.toContain('曾用名')
  expect(promised.lists).toEqual(expect.arrayContaining(['性别', '民族', '国籍/地区', '是否独生子女', '成员1关系']))
  expect(promised.textColumns).toBe(73)
  expect(promised.sheets).toContain('填写说明')

  const children = childrenOf('sunshine', 300, '440205', (index) => (index === 7 ? 'notFound' : undefined))
  await listOnRoster(page, children)
  const roster = join(outputDir, `${ENTRY_YEAR}级新生.xlsx`)
  await fillTemplate(template, roster, children)
  await upload(page, roster)
  // The record of the upload: name, outcome, category, rows, valid and invalid ones (REG-006).
  const record = row(page, `${ENTRY_YEAR}级新生.xlsx`).last()
  await expect(record).toContainText('处理成功', { timeout: 60_000 })
  await expect(record).toContainText('居民身份证小学新生注册')
  for (const cell of ['300', '0'])
    await expect(record.getByRole('cell', { name: cell, exact: true }).first()).toBeVisible()

  await becomes(page, 'sunshine.leader')
  await openPage(page, '小学新生注册审核')
  await expect(page.getByText(/共 300 条/)).toBeVisible({ timeout: 60_000 })
  // One by one: the next loads by itself (REG-025).
  await row(page, children[0]!.name!).first().getByRole('checkbox').check()
  await row(page, children[1]!.name!).first().getByRole('checkbox').check()
  await page.getByRole('button', { name: '审核', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('第 1 / 2 名')
  // 审核单位 and 审核日期 are fixed (REG-034).
  await expect(dialog).toContainText(/审核单位\s*韶关市武江区阳光小学/)
  await expect(dialog).toContainText(/审核日期\s*\d{4}-\d{2}-\d{2}/)
  await dialog.getByRole('button', { name: /审核通过/ }).click()
  await expect(dialog).toContainText('第 2 / 2 名')
  await dialog.getByRole('button', { name: /审核通过/ }).click()
  await expect(dialog).toContainText('审核通过 2 名')
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await expect(page.getByText(/共 298 条/)).toBeVisible()
  await allInOne(page, /^全部审核/, '全部审核通过', /298/)

  await becomes(page, 'sunshine.registrar')
  await openPage(page, '小学新生注册上报')
  await expect(page.getByText(/共 300 条/)).toBeVisible()
  await allInOne(page, /^全部上报/, '上报', /300/)

  await becomes(page, 'county440203')
  await openPage(page, '小学新生注册审核')
  const school = row(page, '韶关市武江区阳光小学')
  await expect(school).toContainText('2144100001')
  await expect(school).toContainText('300')
  // The count leads to the children of that school; then back, and all at once.
  await school.getByText('300').first().click()
  await expect(row(page, children[2]!.name!).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await school.getByRole('checkbox').check()
  await allInOne(page, /^全部审核/, '全部审核通过', /300/)

  await becomes(page, 'sunshine.registrar')
  await openPage(page, '学籍注册查询')
  const verified = row(page, children[0]!.name!).filter({ hasText: '注册完成' }).first()
  await page.getByLabel('学生姓名').fill(children[0]!.name!)
  await page.getByRole('button', { name: '查询', exact: true }).click()
  await expect(verified).toContainText(`G${children[0]!.identityNumber!.slice(0, 5)}`)
  await page.getByLabel('学生姓名').fill(children[7]!.name!)
  await page.getByRole('button', { name: '查询', exact: true }).click()
  const unverified = row(page, children[7]!.name!).filter({ hasText: '问题学籍' }).first()
  await expect(unverified).toContainText('L44020')
  await unverified.click()
  await page.getByRole('button', { name: '查看审核过程' }).click()
  const course = page.getByRole('dialog')
  await expect(course).toContainText('注册完成')
  await expect(course).toContainText('韶关市武江区教育局')

  const { total } = await page.evaluate(async () =>
    (await fetch('/api/rooms/registration/items?status=effective&count=1&limit=1')).json(),
  )
  expect(total).toBe(300)
})

test('a bad roster: every wrong cell is named, nothing enters; corrected and uploaded again it does', async ({ page }, {
  outputDir,
}) => {
  await signIn(page, 'virtue.registrar')
  await openPage(page, '小学新生注册')
  const template = await downloadTemplate(page, outputDir)
  const children = childrenOf('virtue', 12, '440222')
  await listOnRoster(page, children)
  const bad = join(outputDir, '初稿.xlsx')
  await fillTemplate(template, bad, children, (set, index) => {
    if (index === 1) set('民族', '汉')
    if (index === 4) set('成员1姓名', '张 3')
    if (index === 4) set('健康状况', '')
    if (index === 8) set('身份证件号', `${children[8]!.identityNumber!.slice(0, 16)}00`)
  })
  await upload(page, bad)
  // Told on this computer, before a byte has travelled; then the page on which the rows can be corrected.
  await expect(page.getByText('3 人有问题')).toBeVisible()
  await page.getByRole('button', { name: '上传', exact: true }).click()
  await expect(page.getByRole('heading', { name: '小学新生注册·导入明细' })).toBeVisible()
  // Excel rows: the header is 1, the example 2, the first child 3.
  await expect(row(page, '民族填写不正确')).toContainText('4')
  const two = row(page, '健康状况不能为空').first()
  await expect(two).toContainText('7')
  await expect(two).toContainText('成员1姓名格式不正确')
  await expect(row(page, '身份证件号').first()).toBeVisible()
  expect(
    await page.evaluate(
      async () => (await (await fetch('/api/rooms/registration/items?count=1&limit=1')).json()).total,
    ),
  ).toBe(0)

  const good = join(outputDir, '定稿.xlsx')
  await fillTemplate(template, good, children)
  await openPage(page, '小学新生注册')
  await upload(page, good)
  await expect(row(page, '定稿.xlsx').last()).toContainText('处理成功')
  expect(
    await page.evaluate(
      async () => (await (await fetch('/api/rooms/registration/items?count=1&limit=1')).json()).total,
    ),
  ).toBe(12)
})

test('a refusal goes back to the registrar, who corrects it and files it again', async ({ page }) => {
  const child = childrenOf('virtue', 12, '440222')[0]!
  await signIn(page, 'virtue.leader')
  await openPage(page, '小学新生注册审核')
  await expect(page.getByText(/共 12 条/)).toBeVisible()
  await row(page, child.name!).first().getByRole('checkbox').check()
  await page.getByRole('button', { name: '审核', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('审核意见').fill('现住址请补充门牌号')
  await dialog.getByRole('button', { name: /审核不通过/ }).click()
  await expect(page.getByText(/共 11 条/)).toBeVisible()

  await becomes(page, 'virtue.registrar')
  await openPage(page, '退回待修改')
  const returned = row(page, child.name!)
  await expect(returned).toContainText('现住址请补充门牌号')
  await returned.getByText('修改', { exact: true }).click()
  await page.getByLabel('现住址', { exact: true }).first().fill('解放路 8 号 301 室')
  await page.getByRole('button', { name: '保存并重新提交' }).click()
  await expect(row(page, child.name!)).toHaveCount(0)

  await becomes(page, 'virtue.leader')
  await openPage(page, '小学新生注册审核')
  await expect(row(page, child.name!)).toBeVisible()
})
