import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { LEGACY_TEMPLATE } from '@xueji/contracts/rooms/legacy/legacy.template'
import { rosterRow } from '@xueji/db/seed/roster'
import { gradeName } from '@xueji/domain/organization/class-number'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { becomes, openPage, signIn } from '../worlds/people.ts'
import { childrenOf, ENTRY_YEAR } from '../worlds/roster.ts'
import { expect, test } from '../worlds/world.ts'

const panel = (page: Page) => page.locator('.xj-panel:visible').last()
const row = (page: Page, text: string) => panel(page).getByRole('row').filter({ hasText: text })
const report = (page: Page) => panel(page).getByRole('status', { name: '导入结果' })

/** Thirty children of two schools: one number wrong, one shared by two of them, one row of a school elsewhere. */
function rowsWithFaults(): StudentValues[] {
  const grade = gradeName(1, ENTRY_YEAR)
  const children = [...childrenOf('sunshine', 20, '440232'), ...childrenOf('virtue', 10, '440282')].map((child) => ({
    ...child,
    gradeName: grade,
  }))
  const [wrong, first] = children as [StudentValues, StudentValues]
  const right = wrong.identityNumber!
  children[0] = {
    ...wrong,
    name: '错位生',
    identityNumber: right.slice(0, 17) + (right[17] === '0' ? '1' : '0'),
    gradeName: grade,
  }
  children[1] = { ...first, name: '同号甲', gradeName: grade }
  const { identityNumber, gender, birthDate } = first
  children[20] = {
    ...children[20]!,
    name: '同号乙',
    ...(identityNumber && gender && birthDate ? { identityNumber, gender, birthDate } : {}),
  }
  children[29] = { ...children[29]!, name: '外校生', schoolCode: '2137100011' }
  return children
}

async function load(page: Page, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await panel(page).getByRole('button', { name: '浏览' }).click()
  await (await chooser).setFiles(path)
  await panel(page).getByRole('button', { name: '上传' }).click()
  await expect(report(page)).toBeVisible()
}

test('存量学籍：一份 CSV 导入两校三十人，看结果，打开产生的问题学籍组；学校看得到，再导入一次不变', async ({
  page,
}, info) => {
  const path = info.outputPath('存量学籍.csv')
  const lines = [
    LEGACY_TEMPLATE.columns.map((column) => column.header),
    ...rowsWithFaults().map((child) => rosterRow(LEGACY_TEMPLATE, child)),
  ]
  writeFileSync(path, lines.map((line) => line.map((text) => `"${text}"`).join(',')).join('\r\n'))

  await signIn(page, 'county440203')
  await openPage(page, '存量学籍导入')
  await load(page, path)
  await expect(report(page)).toContainText(/新增\s*29/)
  await expect(report(page)).toContainText(/新分配\s*29/)
  await expect(report(page)).toContainText(/身份证件号错误\s*1/)
  await expect(report(page)).toContainText(/身份证件号重复\s*1/)
  await expect(panel(page).getByText('1 条未通过校验，没有导入')).toBeVisible()
  await expect(row(page, '外校生')).toContainText('学校标识码不在本单位辖区内')

  await panel(page).getByRole('tab', { name: '产生的问题学籍（2 组）' }).click()
  await expect(row(page, '错位生')).toContainText('身份证件号错误')
  await expect(row(page, '同号乙')).toContainText('身份证件号重复')
  await row(page, '同号甲').getByRole('button', { name: '查看' }).click()
  await expect(page.getByRole('heading', { name: '身份证件号重复：省内重复' })).toBeVisible()
  await expect(panel(page).getByText('历史问题学籍')).toBeVisible()
  await expect(panel(page)).toContainText('同号乙')
  await expect(panel(page)).toContainText('产生问题学籍')

  await openPage(page, '存量学籍导入')
  await load(page, path)
  await expect(report(page)).toContainText(/新增\s*0/)
  await expect(report(page)).toContainText(/已有，无变化\s*29/)

  // Nobody knows who was first: both schools may act at once.
  await becomes(page, 'virtue.registrar')
  await openPage(page, '省内问题学籍处理')
  await expect(row(page, '同号乙')).toContainText('待处理（历史）')
})
