import type { Page } from '@playwright/test'
import { PRESCHOOL_ARCHIVE_TEMPLATE } from '@xueji/contracts/rooms/preschool/archive.template'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { rosterRow } from '@xueji/db/seed/roster'
import Excel from 'exceljs'
import { openList } from '../worlds/entry-form.ts'
import { becomes, openPage, signIn } from '../worlds/people.ts'
import { childrenOf, writeList } from '../worlds/roster.ts'
import { expect, test } from '../worlds/world.ts'

test.describe.configure({ mode: 'serial' })

const panel = (page: Page) => page.locator('.xj-panel:visible').last()
const row = (page: Page, text: string) => panel(page).getByRole('row').filter({ hasText: text })
// Other journeys invent children of the same names in other counties.
const ours = (page: Page, name: string) => row(page, name).filter({ hasText: '440233' })
const CHILDREN = childrenOf('harbour', 3, '440233')
const [matched, unsure, unmatched] = CHILDREN as [(typeof CHILDREN)[0], (typeof CHILDREN)[0], (typeof CHILDREN)[0]]

/** Chooses a file in the open dialog or page and sends it. */
async function sendFile(page: Page, within: ReturnType<Page['locator']>, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await within.getByRole('button', { name: '浏览' }).click()
  await (await chooser).setFiles(path)
  await within.getByRole('button', { name: '上传' }).click()
}

async function search(page: Page, name: string): Promise<void> {
  await panel(page)
    .getByLabel(/^(学生)?姓名$/)
    .fill(name)
  await panel(page).getByRole('button', { name: '查询', exact: true }).click()
}

test('shared archives come in by file: new, changed and refused rows are told', async ({ page }, info) => {
  const kindergarten = { kindergartenName: '韶关市新丰县实验幼儿园', kindergartenRegion: '440233000000' }
  const archives = [
    { ...matched, ...kindergarten },
    { ...unsure, name: '另有其名', ...kindergarten },
    { ...unmatched, ...kindergarten, gender: unmatched.gender === '1' ? '2' : '1' },
  ]
  const path = info.outputPath('学前档案.xlsx')
  const book = new Excel.Workbook()
  const sheet = book.addWorksheet('学前档案')
  sheet.addRow(PRESCHOOL_ARCHIVE_TEMPLATE.columns.map((column) => column.header))
  for (const archive of archives) sheet.addRow(rosterRow(PRESCHOOL_ARCHIVE_TEMPLATE, archive))
  await book.xlsx.writeFile(path)

  await signIn(page, 'data44')
  await openPage(page, '学前档案共享导入')
  await sendFile(page, panel(page), path)
  await expect(panel(page).getByText('处理完毕：新增 2、更新 0、无变化 0')).toBeVisible()
  await expect(panel(page).getByText('1 条未通过校验，没有导入')).toBeVisible()
  await expect(row(page, '性别与身份证件号不一致')).toContainText(unmatched.name!)
})

test('a list with a fault stays out whole; mended it enters in three states', async ({ page }, info) => {
  await signIn(page, 'harbour.registrar')
  await openPage(page, '学前调档名单管理')
  await panel(page).getByRole('button', { name: 'Excel导入' }).click()
  const dialog = page.getByRole('dialog')
  const bad = info.outputPath('名单初稿.xlsx')
  await writeList(bad, [matched, { ...unsure, identityNumber: '' }, unmatched])
  await sendFile(page, dialog, bad)
  await expect(dialog.getByText('共 3 条，1 条有问题，整份没有导入')).toBeVisible()
  await expect(dialog.getByRole('row').filter({ hasText: '身份证件号码不能为空' })).toContainText('3')
  const good = info.outputPath('一年级名单.xlsx')
  await writeList(good, CHILDREN)
  await sendFile(page, dialog, good)
  await expect(dialog.getByText('导入成功 3 人：已匹配学前学籍 1、待确认学前学籍 1、未查到学前学籍 1')).toBeVisible({
    timeout: 60_000,
  })
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await expect(row(page, matched.name!)).toContainText('已匹配学前学籍')
  await expect(row(page, unmatched.name!)).toContainText('未查到学前学籍')
  // The same children again: each number once (PRE-002).
  await panel(page).getByRole('button', { name: 'Excel导入' }).click()
  await sendFile(page, dialog, good)
  await expect(dialog.getByText('该身份证号已录入，不允许重复录入').first()).toBeVisible()
  await dialog.getByRole('button', { name: '关闭' }).last().click()
})

test('待确认 is neither exported nor filled in until it is confirmed (E2E-08)', async ({ page }) => {
  await signIn(page, 'harbour.registrar')
  await openPage(page, '学前调档名单管理')
  await row(page, unsure.name!).getByRole('checkbox').check()
  await panel(page).getByRole('button', { name: '调档学生导出' }).click()
  await expect(page.getByText('待确认学前学籍的学生不允许导出')).toBeVisible()
  await row(page, unsure.name!).getByRole('button', { name: '待确认学前学籍' }).click()
  const dialog = page.getByRole('dialog')
  const archive = dialog.getByRole('row').filter({ hasText: '另有其名' })
  await expect(archive).toContainText('韶关市新丰县实验幼儿园')
  await archive.getByRole('radio').check()
  await dialog.getByRole('button', { name: '确认匹配学前学籍' }).click()
  await expect(row(page, unsure.name!)).toContainText('已匹配学前学籍')
  // Matched lines are fixed (PRE-009).
  await row(page, unsure.name!).getByRole('checkbox').check()
  await panel(page).getByRole('button', { name: '修改' }).click()
  await expect(page.getByText('已匹配学前学籍的学生不允许修改')).toBeVisible()
})

test('补录: what the archive says stands there, five fields are fixed, saving begins the registration', async ({
  page,
}) => {
  await signIn(page, 'harbour.registrar')
  await openPage(page, '学前档案信息补录')
  await row(page, matched.name!).getByRole('radio').check()
  await panel(page).getByRole('button', { name: '学籍信息补录' }).click()
  await expect(page.getByRole('heading', { name: `学籍信息补录 · ${matched.name}` })).toBeVisible()
  const form = panel(page)
  await expect(form.locator('[data-field="identityNumber"]')).toContainText(matched.identityNumber!)
  for (const key of ['name', 'gender', 'birthDate', 'identityType', 'identityNumber'])
    await expect(form.locator(`[data-field="${key}"] input`)).toHaveCount(0)
  await expect(form.locator('[data-field="nativePlace"] input')).toHaveValue(matched.nativePlace!)
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form.getByText('邮政编码不能为空').first()).toBeVisible()
  const choose = async (key: string, text: string): Promise<void> => {
    const list = await openList(page, form.locator(`[data-field="${key}"] .ant-select`))
    await list.getByText(text, { exact: true }).click()
    await expect(form.locator(`[data-field="${key}"]`)).toContainText(text)
  }
  await choose('enrolMode', '就近入学')
  await choose('boardingMode', '走读')
  for (const [key, text] of [
    ['mailAddress', '解放路 1 号'],
    ['homeAddress', '解放路 1 号'],
    ['postcode', '512000'],
    ['schoolDistance', '1.5'],
  ])
    await form.locator(`[data-field="${key}"] input`).fill(text!)
  await choose('commuteMode', '步行')
  // 是/否 still open: none of these holds for the child.
  for (const radio of await form.locator('[data-field] .ant-radio-group:visible').all())
    if ((await radio.locator('input:checked').count()) === 0) await radio.getByText('否', { exact: true }).click()
  await form.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText(`${matched.name}已完成补录，并已发起小学新生注册，正在查重认证`)).toBeVisible()
  await openPage(page, '学前调档名单管理')
  await expect(row(page, matched.name!)).toContainText('已补录')
  await expect(row(page, matched.name!)).toContainText('注册中')
  await row(page, matched.name!).getByRole('checkbox').check()
  await panel(page).getByRole('button', { name: '删除' }).click()
  await expect(page.getByText('已发起学籍注册业务或已成为正式学籍学生的信息，不允许删除')).toBeVisible()
  // It waits for the school's leader like any other.
  await becomes(page, 'harbour.leader')
  await openPage(page, '小学新生注册审核')
  await expect(row(page, matched.name!)).toBeVisible({ timeout: 60_000 })
  // The leader looks on (menu §1).
  await openPage(page, '学前调档名单管理')
  await search(page, unmatched.name!)
  await expect(row(page, unmatched.name!)).toBeVisible()
  await expect(panel(page).getByRole('button', { name: '新增' })).toHaveCount(0)
})

test('未查到: the registration template comes filled in, is completed and imported', async ({ page }, info) => {
  await signIn(page, 'harbour.registrar')
  await openPage(page, '学前调档名单管理')
  await ours(page, unmatched.name!).getByRole('checkbox').check()
  const download = page.waitForEvent('download')
  await panel(page).getByRole('button', { name: '调档学生导出' }).click()
  const exported = info.outputPath('居民身份证调档学生导出.xlsx')
  await (await download).saveAs(exported)
  expect((await download).suggestedFilename()).toBe('居民身份证调档学生导出.xlsx')
  const book = new Excel.Workbook()
  await book.xlsx.readFile(exported)
  const sheet = book.worksheets[0]!
  const headers = (sheet.getRow(1).values as unknown[]).slice(1).map(String)
  const cell = (header: string) => sheet.getRow(2).getCell(headers.indexOf(header) + 1)
  expect([cell('姓名').text, cell('身份证件号').text]).toEqual([unmatched.name, unmatched.identityNumber])
  rosterRow(RESIDENT_NEWCOMER_TEMPLATE, unmatched).forEach((text, at) => {
    const target = cell(RESIDENT_NEWCOMER_TEMPLATE.columns[at]!.header)
    if (target.text === '') target.value = text
  })
  const filled = info.outputPath('补齐.xlsx')
  await book.xlsx.writeFile(filled)
  await openPage(page, '小学新生注册')
  await panel(page).locator('input[type=file]').first().setInputFiles(filled)
  await expect(row(page, '补齐.xlsx').last()).toContainText('处理成功', { timeout: 60_000 })
  await openPage(page, '学前调档名单管理')
  await search(page, unmatched.name!)
  await expect(ours(page, unmatched.name!)).toContainText('注册中')
})
