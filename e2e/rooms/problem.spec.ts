import type { Page } from '@playwright/test'
import { buildIdentityNumber } from '../../prisma/seed/children.ts'
import { approveHandling, fileHandling, plainPng } from '../../scripts/lib/problem-activity.ts'
import { becomes, openPage, signIn } from '../worlds/people.ts'
import { personAt } from '../worlds/problems.ts'
import { expect, test } from '../worlds/world.ts'

// Six people take turns in the first journeys.
test.describe.configure({ mode: 'serial' })

const BIRTH = '2017-04-12' as Parameters<typeof buildIdentityNumber>[1]
const panel = (page: Page) => page.locator('.xj-page').filter({ visible: true })
const row = (page: Page, name: string) => panel(page).getByRole('row').filter({ hasText: name })
const picture = { name: '户口簿.png', mimeType: 'image/png', buffer: plainPng() }

async function attach(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type=file]').setInputFiles(picture)
  await expect(dialog.getByRole('button', { name: '移除 户口簿.png' })).toBeVisible()
}

/** Chooses a child and one of 变更, 佐证, 删除. */
async function choose(page: Page, name: string, handling: string): Promise<void> {
  await row(page, name).getByRole('radio').check()
  await panel(page).getByRole('button', { name: handling, exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText(`问题学籍${handling}`)
}

async function approve(page: Page, list: string, name: string): Promise<void> {
  await openPage(page, list)
  await row(page, name).getByRole('checkbox').check()
  await panel(page).getByRole('button', { name: '审核', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('table', { name: '各方信息对比' })).toContainText(name)
  await expect(dialog.getByRole('img', { name: '户口簿.png' })).toBeVisible()
  await dialog.getByRole('button', { name: '审核通过' }).click()
  await expect(dialog).toBeHidden()
}

test('变更：后方改正证件号，校、局审核，对方自动佐证，换发 G 号', async ({ page }) => {
  await signIn(page, 'sunshine.registrar')
  await openPage(page, '省内问题学籍处理')
  await expect(row(page, '谢晨')).toContainText('待对方先处理')
  await choose(page, '罗一鸣', '变更')
  const dialog = page.getByRole('dialog')
  const wanted = buildIdentityNumber('440203', BIRTH, 711)
  // What is obligatory is asked for, and what the nation refuses is not filed.
  await dialog.getByRole('button', { name: /保\s*存/ }).click()
  await expect(dialog).toContainText('请上传证明材料')
  await attach(page)
  await dialog.getByRole('button', { name: /保\s*存/ }).click()
  await expect(dialog).toContainText('变更后的内容与变更前相同')
  await dialog.getByLabel(/身份证件号/).fill(buildIdentityNumber('440203', BIRTH, 13))
  await dialog.getByRole('button', { name: /保\s*存/ }).click()
  await expect(dialog).toContainText('查重不通过')
  await dialog.getByLabel(/身份证件号/).fill(wanted)
  await dialog.getByRole('button', { name: /保\s*存/ }).click()
  await expect(dialog).toBeHidden()
  await expect(row(page, '罗一鸣')).toContainText('待学校审核')

  await becomes(page, 'sunshine.leader')
  await approve(page, '省内问题学籍审核', '罗一鸣')
  await becomes(page, 'county440203')
  await approve(page, '省内问题学籍审核', '罗一鸣')
  await openPage(page, '问题学籍查询')
  await panel(page).getByLabel('学生姓名').fill('罗一')
  await panel(page).getByLabel('学生姓名').press('Enter')
  await expect(row(page, '罗一飞')).toContainText('自动佐证')
  await expect(row(page, '罗一鸣')).toContainText('已结束')
  await row(page, '罗一鸣').getByRole('button', { name: '查看' }).click()
  await expect(panel(page).getByText('本组问题学籍已处理结束')).toBeVisible()
  await expect(panel(page)).toContainText(`G${wanted}`)
  await expect(panel(page)).toContainText('可能是双胞胎共用了一个证件号')
})

test('佐证、佐证、仲裁：同一区县由区县仲裁，败方只可变更或删除', async ({ page, baseURL }) => {
  await signIn(page, 'sunshine.registrar')
  await openPage(page, '省内问题学籍处理')
  await choose(page, '梁思远', '佐证')
  await attach(page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /保\s*存/ })
    .click()
  await expect(page.getByRole('dialog')).toBeHidden()
  for (const who of ['sunshine.leader', 'county440203']) await approveHandling(await personAt(baseURL!, who), '梁思远')
  // The other side sees the same case, unlocked, and none of the first side's fields.
  await becomes(page, 'virtue.registrar')
  await openPage(page, '省内问题学籍处理')
  await row(page, '梁思源').getByRole('button', { name: '查看' }).click()
  await expect(panel(page)).toContainText('请本校处理：可选择变更、佐证、删除')
  await expect(panel(page)).toContainText('韶关市武江区阳光小学：佐证终审通过')
  await expect(panel(page)).toContainText('姓名可能是同音字')
  await expect(panel(page)).not.toContainText('梁思远')
  await fileHandling(await personAt(baseURL!, 'virtue.registrar'), '梁思源', 'attest')
  for (const who of ['virtue.leader', 'county440203']) await approveHandling(await personAt(baseURL!, who), '梁思源')

  await becomes(page, 'county440203')
  await openPage(page, '省内问题学籍仲裁')
  await row(page, '梁思远').getByRole('radio').check()
  await panel(page).getByRole('button', { name: '仲裁', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('img', { name: '户口簿.png' })).toHaveCount(2)
  await dialog.getByLabel(/仲裁意见：韶关市武江区明德小学/).click()
  await page.getByTitle('仲裁通过', { exact: true }).last().click()
  await dialog.getByRole('button', { name: '仲裁', exact: true }).click()
  await expect(dialog).toContainText('请填写补充意见')
  await dialog.getByLabel('补充意见').fill('户口簿与明德小学学生相符')
  await dialog.getByRole('button', { name: '仲裁', exact: true }).click()
  await expect(dialog).toBeHidden()

  await becomes(page, 'sunshine.registrar')
  await openPage(page, '省内问题学籍处理')
  await expect(row(page, '梁思远')).toContainText('仲裁不通过（只可变更或删除）')
  await row(page, '梁思远').getByRole('radio').check()
  await expect(panel(page).getByRole('button', { name: '佐证', exact: true })).toBeDisabled()
  await expect(panel(page).getByRole('button', { name: '删除', exact: true })).toBeEnabled()
})

for (const { title, names, people, arbiter, list, winner } of [
  {
    title: '跨地市由省仲裁',
    names: ['邓子安', '邓子安'],
    people: [
      ['sunshine.registrar', 'sunshine.leader', 'county440203'],
      ['bay.registrar', 'bay.leader', 'county440303'],
    ],
    arbiter: 'province44',
    list: '省内问题学籍仲裁',
    winner: '深圳市罗湖区海湾小学',
  },
  {
    title: '跨省由教育部仲裁',
    names: ['何嘉禾', '王知行'],
    people: [
      ['sunshine.registrar', 'sunshine.leader', 'county440203'],
      ['lakeside.registrar', 'lakeside.leader', 'county370102'],
    ],
    arbiter: 'ministry',
    list: '跨省问题学籍仲裁',
    winner: '济南市历下区明湖小学',
  },
])
  test(`佐证、佐证、仲裁：${title}`, async ({ page, baseURL }) => {
    for (const [index, [registrar, ...reviewers]] of people.entries()) {
      await fileHandling(await personAt(baseURL!, registrar!), names[index]!, 'attest')
      for (const who of reviewers) await approveHandling(await personAt(baseURL!, who), names[index]!)
    }
    await signIn(page, arbiter)
    await openPage(page, list)
    await row(page, names[0]!).first().getByRole('radio').check()
    await panel(page).getByRole('button', { name: '仲裁', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(new RegExp(`仲裁意见：${winner}`)).click()
    await page.getByTitle('仲裁通过', { exact: true }).last().click()
    await dialog.getByLabel('补充意见').fill('经核查学生实际在该校就读')
    await dialog.getByRole('button', { name: '仲裁', exact: true }).click()
    await expect(dialog).toBeHidden()
    await becomes(page, 'sunshine.registrar')
    await openPage(page, names[1] === '王知行' ? '跨省问题学籍处理' : '省内问题学籍处理')
    await expect(row(page, names[0]!)).toContainText('仲裁不通过（只可变更或删除）')
  })

test('删除：学校与主管部门审核后学籍已删除，对方不再是问题学籍', async ({ page, baseURL }) => {
  await signIn(page, 'sunshine.registrar')
  await openPage(page, '省内问题学籍处理')
  await choose(page, '曾予墨', '删除')
  await attach(page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /保\s*存/ })
    .click()
  await expect(row(page, '曾予墨')).toContainText('待学校审核')
  for (const who of ['sunshine.leader', 'county440203']) await approveHandling(await personAt(baseURL!, who), '曾予墨')
  await becomes(page, 'riverside.registrar')
  await openPage(page, '问题学籍查询')
  await expect(row(page, '曾予墨')).toContainText('自动佐证')
})

test('按可能原因处理：颠倒的两位由校验位证明，建议的号码带进变更', async ({ page }) => {
  await signIn(page, 'sunshine.registrar')
  await openPage(page, '按可能原因处理')
  const cause = panel(page).getByRole('region', { name: '证件号可能有相邻两位颠倒' })
  await expect(cause).toContainText('2 名')
  await expect(cause).toContainText(buildIdentityNumber('440203', BIRTH, 35))
  await cause.getByRole('row').filter({ hasText: '何雨桐' }).getByRole('button', { name: '变更' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel(/身份证件号/)).toHaveValue(buildIdentityNumber('440203', BIRTH, 35))
  await dialog.getByRole('button', { name: '返回' }).click()
  await expect(dialog).toBeHidden()
  // Both in one go, evidence for each; who has none yet waits.
  await cause.getByRole('button', { name: '批量变更 2 名' }).click()
  const bulk = page.getByRole('dialog').filter({ hasText: '批量变更：2 名' })
  await expect(bulk.getByRole('button', { name: '提交已有证明材料的 0 名' })).toBeDisabled()
  const one = bulk.getByRole('region', { name: '何雨桐', exact: true })
  await expect(one).toContainText(buildIdentityNumber('440203', BIRTH, 35))
  await one.locator('input[type=file]').setInputFiles(picture)
  await expect(one.getByRole('button', { name: '移除 户口簿.png' })).toBeVisible()
  await bulk.getByRole('button', { name: '提交已有证明材料的 1 名' }).click()
  await expect(page.getByText('已提交 1 名')).toBeVisible()
  await expect(bulk).toBeHidden()
  await expect(cause).toContainText('1 名')
  await expect(cause).not.toContainText('何雨桐')
})
