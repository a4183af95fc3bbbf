import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { REGISTRATION_TEMPLATES } from '@xueji/contracts/rooms/registration/registration.template'
import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { signIn as apiSignIn } from '../../scripts/lib/demo-activity.ts'
import { entryChildren, fileByForm } from '../../scripts/lib/demo-entries.ts'
import { addEvidence, field, fillForm } from '../worlds/entry-form.ts'
import { becomes, openPage, signIn } from '../worlds/people.ts'
import { describeTemplate, ENTRY_YEAR, fillTemplate, listOnRoster } from '../worlds/roster.ts'
import { expect, test } from '../worlds/world.ts'

const PASSWORD = 'Xueji@2026'
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })
const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })
const wish = { regionCode: '440281', schoolYear: ENTRY_YEAR }

/** What registration.spec.ts shows by clicks: waits for the register's answers, then command after command on all that wait. */
async function go(
  baseURL: string,
  category: RegistrationCategory,
  steps: readonly (readonly [string, 'approve' | 'escalate'])[],
): Promise<void> {
  for (const [username, command] of steps) {
    const person = await apiSignIn(baseURL, username, PASSWORD)
    const checking = `/api/rooms/registration/items?category=${category}&status=checking&count=1&limit=1`
    await expect.poll(async () => (await person.get<{ total: number }>(checking)).total, { timeout: 60_000 }).toBe(0)
    const batch = await person.send<{ total: number; done: number }>('POST', '/api/rooms/registration/review-batches', {
      command,
      filter: { category },
    })
    expect(batch.done, `${username} ${command} ${category}`).toBe(batch.total)
    expect(batch.total).toBeGreaterThan(0)
  }
}

/** Finds a child in 学籍注册查询. */
async function found(page: Page, name: string) {
  await openPage(page, '学籍注册查询')
  const panel = page.locator('.xj-panel:visible')
  await panel.getByLabel('学生姓名').fill(name)
  await page.keyboard.press('Enter')
  return panel.getByRole('row').filter({ hasText: name }).first()
}

/** The review page: the one child by 【审核】. */
async function approveOne(page: Page, name: string, opinion?: string): Promise<void> {
  await row(page, name).first().getByRole('checkbox').check()
  await page.getByRole('button', { name: '审核', exact: true }).locator('visible=true').click()
  const dialog = page.getByRole('dialog').last()
  await dialog.getByRole('tab', { name: '证明材料' }).click()
  await expect(dialog.getByText('第 1 次提交')).toBeVisible()
  if (opinion) {
    await dialog.getByLabel('审核意见').fill(opinion)
    await dialog.getByRole('button', { name: /审核不通过/ }).click()
  } else await dialog.getByRole('button', { name: /审核通过/ }).click()
  // While a dialog is open nothing behind it can be found.
  await expect(page.getByLabel('审核意见')).toHaveCount(0)
  await expect(row(page, name)).toHaveCount(0)
}

test('无身份证件小学新生 (R13): form with evidence, a reload on the way, to the province by clicks', async ({
  page,
}) => {
  test.setTimeout(480_000)
  const [child] = entryChildren('R13', { ...wish, key: 'harbour', count: 1, seed: 41 })

  await signIn(page, 'harbour.registrar')
  await openPage(page, '小学新生注册')
  // Each card says whom it is for (REG-004), and admits what its identity class may (REG-002).
  await expect(card(page, '居民身份证')).toContainText('友情提醒：该项只针对拥有居民身份证的学生注册！')
  await expect(card(page, '港澳台和外籍')).toContainText('友情提醒：该项只针对于港澳台和外籍的学生注册！')
  await expect(card(page, '无身份证件')).toContainText('友情提醒：该项只针对无身份证件的学生注册！')
  await expect(card(page, '居民身份证').getByRole('button', { name: '录入' })).toHaveCount(0)
  await expect(card(page, '港澳台和外籍').getByRole('button', { name: '导入' })).toBeVisible()
  await expect(card(page, '无身份证件').getByRole('button', { name: '导入' })).toHaveCount(0)
  await card(page, '无身份证件').getByRole('button', { name: '录入' }).click()
  await expect(page.getByRole('heading', { name: '无身份证件小学新生注册-录入' })).toBeVisible()

  // Nothing filled in: told next to each field, and what is missing in the other tabs is counted there.
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(field(page, 'name')).toContainText('姓名不能为空')
  await expect(field(page, 'name').locator('input')).toBeFocused()
  await expect(page.getByText('没有上传证明材料').first()).toBeVisible()
  await expect(page.getByText('家庭成员中没有人持居民身份证').first()).toBeVisible()

  await fillForm(page, 'R13', child!)
  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await expect(page.getByText('已恢复刷新前填写的内容')).toBeVisible()
  await expect(field(page, 'name').locator('input')).toHaveValue(child!.name!)

  await page.getByRole('tab', { name: '证明材料' }).click()
  await addEvidence(page, '在校就读证明.png')
  // 保存并继续: filed, and an empty form for the next (REG-020).
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`已录入 1 名：${child!.name}`)).toBeVisible()
  await expect(field(page, 'name').locator('input')).toHaveValue('')
  const drafts = () => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('draft')))
  await expect.poll(drafts).toEqual([])

  await becomes(page, 'harbour.leader')
  await openPage(page, '小学新生注册审核')
  await page.getByText(/^无身份证件 1$/).click()
  await approveOne(page, child!.name!)
  await becomes(page, 'harbour.registrar')
  await openPage(page, '小学新生注册上报')
  await row(page, child!.name!).first().getByRole('checkbox').check()
  await page.getByRole('button', { name: '上报', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '上报', exact: true }).click()
  await expect(page.getByText('全部办理完毕')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).first().click()

  for (const bureau of ['county440203', 'city4402', 'province44']) {
    await becomes(page, bureau)
    await openPage(page, '小学新生注册审核')
    const school = row(page, '韶关市武江区新港小学')
    await expect(school).toContainText('2144100003')
    // The number of children without document leads to them (REG-030).
    await school.getByRole('button', { name: '1', exact: true }).last().click()
    await approveOne(page, child!.name!)
    await page.keyboard.press('Escape')
  }

  await becomes(page, 'harbour.registrar')
  const line = await found(page, child!.name!)
  await expect(line).toContainText('无身份证件小学新生注册')
  await expect(line).toContainText('注册完成')
  await expect(line).toContainText('L44020')
  await line.getByRole('button', { name: '查看', exact: true }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('tab', { name: '证明材料' }).click()
  await expect(drawer.getByRole('img').first()).toBeVisible()
})

test('the same child once more at another school: a problem record for both, and nobody is kept out (REG-032)', async ({
  page,
  baseURL,
}) => {
  const [child] = entryChildren('R13', { ...wish, key: 'harbour', count: 1, seed: 41 })
  const registrar = await apiSignIn(baseURL!, 'riverside.registrar', PASSWORD)
  await fileByForm(registrar, 'R13', { ...child!, classNumber: undefined })
  await go(baseURL!, 'R13', [
    ['riverside.leader', 'approve'],
    ['riverside.registrar', 'escalate'],
    ['county440204', 'approve'],
    ['city4402', 'approve'],
    ['province44', 'approve'],
  ])
  await signIn(page, 'harbour.registrar')
  await expect(await found(page, child!.name!)).toContainText('问题学籍')
})

test('居民身份证非小学新生 (R21): the template lists the school’s grades; a file and a form, to the 学籍号', async ({
  page,
  baseURL,
}, { outputDir }) => {
  test.setTimeout(360_000)
  const children = entryChildren('R21', { ...wish, key: 'nineyear', count: 3, seed: 42, stage: 2, back: 0 })
  await signIn(page, 'nineyear.registrar')
  await openPage(page, '非小学新生注册')
  await card(page, '居民身份证').getByRole('button', { name: '导入' }).click()
  const download = page.waitForEvent('download')
  await page
    .getByRole('link', { name: '下载模板' })
    .or(page.getByRole('button', { name: '下载模板' }))
    .click()
  const template = join(outputDir, 'R21.xlsx')
  await (await download).saveAs(template)
  const promised = await describeTemplate(template)
  expect(promised.headers).toHaveLength(74)
  expect(promised.lists).toEqual(expect.arrayContaining(['年级', '入学方式']))
  const roster = join(outputDir, '转入学生.xlsx')
  await fillTemplate(template, roster, children.slice(0, 2), undefined, REGISTRATION_TEMPLATES.R21)
  await page.locator('input[type=file]').first().setInputFiles(roster)
  const record = row(page, '转入学生.xlsx').last()
  await expect(record).toContainText('处理成功', { timeout: 60_000 })
  await expect(record).toContainText('居民身份证非小学新生注册')

  await card(page, '居民身份证').getByRole('button', { name: '录入' }).click()
  const last = children[2]!
  // Sex and birth date follow the number and cannot be typed (IDN-006).
  await fillForm(page, 'R21', last)
  await expect(field(page, 'birthDate')).toContainText(last.birthDate!)
  await expect(field(page, 'birthDate').locator('input')).toHaveCount(0)
  // A wrong class is told where it stands.
  await expect(field(page, 'enrolledMonth').locator('input')).toHaveValue(`${ENTRY_YEAR}09`)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText(`${last.name}已提交`)).toBeVisible()
  await expect(page.getByRole('heading', { name: '非小学新生注册', exact: true })).toBeVisible()

  await go(baseURL!, 'R21', [
    ['nineyear.leader', 'approve'],
    ['nineyear.registrar', 'escalate'],
    ['county440205', 'approve'],
  ])
  const line = await found(page, last.name!)
  await expect(line).toContainText(`G${last.identityNumber!.slice(0, 5)}`)
  await expect(line).toContainText(`初中${ENTRY_YEAR}级`)
})

test('港澳台和外籍 (R12, R22): by file and by form, an L number without any verification', async ({ page, baseURL }, {
  outputDir,
}) => {
  test.setTimeout(360_000)
  const newcomers = entryChildren('R12', { ...wish, key: 'twelveyear', count: 2, seed: 43 })
  await signIn(page, 'twelveyear.registrar')
  await listOnRoster(page, newcomers)
  await openPage(page, '小学新生注册')
  await card(page, '港澳台和外籍').getByRole('button', { name: '导入' }).click()
  const download = page.waitForEvent('download')
  await page
    .getByRole('link', { name: '下载模板' })
    .or(page.getByRole('button', { name: '下载模板' }))
    .click()
  const template = join(outputDir, 'R12.xlsx')
  await (await download).saveAs(template)
  const promised = await describeTemplate(template)
  expect(promised.headers).toContain('英文姓名')
  expect(promised.headers).not.toContain('户口性质')
  const roster = join(outputDir, '外籍新生.xlsx')
  await fillTemplate(template, roster, newcomers, undefined, REGISTRATION_TEMPLATES.R12)
  await page.locator('input[type=file]').first().setInputFiles(roster)
  await expect(row(page, '外籍新生.xlsx').last()).toContainText('处理成功', { timeout: 60_000 })
  const city = [
    ['twelveyear.leader', 'approve'],
    ['twelveyear.registrar', 'escalate'],
    ['city4402', 'approve'],
  ] as const
  await go(baseURL!, 'R12', city)
  const first = await found(page, newcomers[0]!.name!)
  await expect(first).toContainText('注册完成')
  await expect(first).toContainText('L44020')

  const [other] = entryChildren('R22', { ...wish, key: 'twelveyear', count: 1, seed: 44, stage: 3, back: 1 })
  await openPage(page, '非小学新生注册')
  await page
    .locator('.xj-panel:visible')
    .getByRole('region', { name: '港澳台和外籍' })
    .getByRole('button', { name: '录入' })
    .click()
  await fillForm(page, 'R22', { ...other!, identityNumber: 'E1' })
  await page.keyboard.press('Control+s')
  await expect(field(page, 'identityNumber')).toContainText('身份证件号格式不正确')
  await field(page, 'identityNumber').locator('input').fill(other!.identityNumber!)
  await page.keyboard.press('Control+s')
  await expect(page.getByText(`${other!.name}已提交`)).toBeVisible()
  await go(baseURL!, 'R22', city)
  const line = await found(page, other!.name!)
  await expect(line).toContainText(`高中${ENTRY_YEAR - 1}级`)
  await expect(line).toContainText('L44020')
})

test('无身份证件非小学新生 (R23): filed, refused by the city, back at the school and corrected with more evidence', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(360_000)
  const [child] = entryChildren('R23', { ...wish, key: 'nineyear', count: 1, seed: 45, stage: 1, back: 2 })
  const registrar = await apiSignIn(baseURL!, 'nineyear.registrar', PASSWORD)
  const id = await fileByForm(registrar, 'R23', child!)
  await go(baseURL!, 'R23', [
    ['nineyear.leader', 'approve'],
    ['nineyear.registrar', 'escalate'],
    ['county440205', 'approve'],
  ])
  const city = await apiSignIn(baseURL!, 'city4402', PASSWORD)
  const { item } = await city.get<{ item: { version: number } }>(`/api/rooms/registration/items/${id}`)
  await city.send('POST', `/api/rooms/registration/items/${id}/commands`, {
    command: 'refuse',
    opinion: '证明材料看不清',
    version: item.version,
  })

  await signIn(page, 'nineyear.registrar')
  await openPage(page, '退回待修改')
  await row(page, child!.name!).getByText('修改', { exact: true }).click()
  await expect(page.getByText(/审核意见：证明材料看不清/)).toBeVisible()
  await addEvidence(page, '派出所证明.png')
  await page.getByRole('button', { name: '保存并重新提交' }).click()
  await expect(row(page, child!.name!)).toHaveCount(0)
  await go(baseURL!, 'R23', [
    ['nineyear.leader', 'approve'],
    ['nineyear.registrar', 'escalate'],
    ['county440205', 'approve'],
    ['city4402', 'approve'],
    ['province44', 'approve'],
  ])
  await expect(await found(page, child!.name!)).toContainText('L44020')
})
