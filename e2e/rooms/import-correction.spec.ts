import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openPage, signIn } from '../worlds/people.ts'
import { childrenOf, downloadTemplate, fillTemplate, listOnRoster } from '../worlds/roster.ts'
import { expect, test } from '../worlds/world.ts'

const ROWS = 2_000
const FAULTS = 6
// Excel rows: the header is 1, the example 2, the first child 3.
const FIRST_ROW = 3

/** Which fault a child's row has: 50 rows of each of six kinds. */
const faultOf = (index: number): number | undefined => {
  const at = Math.floor(index / 20) * 3 + [3, 9, 15].indexOf(index % 20)
  return [3, 9, 15].includes(index % 20) ? at % FAULTS : undefined
}

const sheet = (page: Page) => page.getByRole('table', { name: '名单' })
const sheetRow = (page: Page, rowNumber: number) =>
  sheet(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: String(rowNumber), exact: true }) })
const left = (page: Page, count: string) => page.getByText(`有问题 ${count}`, { exact: true })

/** Narrows the rows to one kind of issue. */
async function lookAt(page: Page, kind: RegExp): Promise<void> {
  await page.getByRole('list', { name: '按问题种类筛选' }).getByRole('button', { name: kind }).first().click()
  await expect(sheet(page)).toBeVisible()
}

/** Copies a column as Excel does and pastes it at the cell. */
async function pasteAt(page: Page, rowNumber: number, wrong: string, texts: readonly string[]): Promise<void> {
  await sheetRow(page, rowNumber).getByRole('cell', { name: wrong, exact: true }).first().click()
  await page.evaluate((text) => navigator.clipboard.writeText(text), texts.join('\r\n'))
  await page.keyboard.press('ControlOrMeta+v')
  const preview = page.getByRole('dialog')
  await expect(preview).toContainText(`共 ${texts.length} 行`)
  await preview.getByRole('button', { name: '粘贴', exact: true }).click()
}

/** Saves, and waits until so many rows are left. */
async function recheck(page: Page, remaining: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+s')
  await expect(left(page, remaining)).toBeVisible()
}

test('a roster of 2,000 with 300 wrong cells is corrected in the page and submitted, without going back to Excel', async ({
  page,
  context,
}, { outputDir }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, 'harbour.registrar')
  await openPage(page, '小学新生注册')
  const template = await downloadTemplate(page, outputDir)
  const children = childrenOf('harbour', ROWS, '440281')
  await listOnRoster(page, children)
  const roster = join(outputDir, '新生两千人.xlsx')
  await fillTemplate(template, roster, children, (set, index) => {
    const number = children[index]!.identityNumber!
    const spoil = [
      () => set('民族', '汉'),
      () => set('健康状况', ''),
      () => set('户口所在地', '武江'),
      () => set('身份证件号', number.slice(0, 17) + (number[17] === '0' ? '1' : '0')),
      () => set('成员1姓名', '张 3'),
      () => set('出生日期', '2020/13/45'),
    ]
    spoil[faultOf(index) ?? FAULTS]?.()
  })
  /** The children with a fault, and the Excel row of the first of them. */
  const withFault = (fault: number) => {
    const meant = children.flatMap((child, index) =>
      faultOf(index) === fault ? [{ child, row: index + FIRST_ROW }] : [],
    )
    expect(meant).toHaveLength(50)
    return { first: meant[0]!.row, meant }
  }

  // Checked before the upload: counts, kinds, first rows; then the registrar decides.
  await page.locator('input[type=file]').first().setInputFiles(roster)
  await expect(page.getByText('检查完毕：共 2,000 人')).toBeVisible()
  await expect(page.getByRole('region', { name: '上传前检查结果' })).toContainText('民族填写不正确 50')
  await page.getByRole('button', { name: '上传', exact: true }).click()
  await expect(left(page, '300')).toBeVisible()
  // Registration enters whole or not at all (REG-007).
  await expect(page.getByRole('button', { name: '提交通过的' })).toHaveCount(0)

  // 汉 is likely to mean 汉族: one press for all fifty.
  await lookAt(page, /^民族填写不正确/)
  await sheetRow(page, withFault(0).first).getByRole('cell', { name: '汉', exact: true }).click()
  await page.getByRole('button', { name: '同列其余 49 处“汉”一起改为“汉族”' }).click()
  await expect(page.getByText('已修改 50 处（50 行），尚未保存')).toBeVisible()
  await recheck(page, '250')

  // A list: Enter opens it, typing searches it, Enter takes it; the other blanks follow.
  await lookAt(page, /^健康状况不能为空/)
  const healthy = withFault(1)
  await sheetRow(page, healthy.first).getByRole('cell').nth(3).click()
  await page.keyboard.press('Enter')
  await page.keyboard.type('健康或')
  await expect(page.getByRole('option', { name: '健康或良好' }).or(page.getByTitle('健康或良好')).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '同列其余 49 处“空白”也改为“健康或良好”' }).click()
  await recheck(page, '200')

  // A region is found by its name.
  await lookAt(page, /^户口所在地格式不正确/)
  await sheetRow(page, withFault(2).first).getByRole('cell', { name: '武江', exact: true }).click()
  await page.keyboard.press('Enter')
  await page.keyboard.type('武江')
  await page
    .getByRole('menuitemcheckbox', { name: /武江区/ })
    .or(page.getByText('广东省韶关市武江区'))
    .first()
    .click()
  await page.getByRole('button', { name: '同列其余 49 处“武江”也改为“440203000000”' }).click()
  await recheck(page, '150')

  // Each child has a number and a parent of its own: a column copied from Excel.
  await lookAt(page, /^身份证件号校验位不正确/)
  const numbered = withFault(3)
  const wrongNumber = await sheetRow(page, numbered.first).getByRole('cell').nth(3).textContent()
  await pasteAt(
    page,
    numbered.first,
    wrongNumber ?? '',
    numbered.meant.map(({ child }) => child.identityNumber!),
  )
  await recheck(page, '100')
  await lookAt(page, /^成员1姓名格式不正确/)
  const named = withFault(4)
  await pasteAt(
    page,
    named.first,
    '张 3',
    named.meant.map(({ child }) => child.guardians![0]!.name!),
  )
  await recheck(page, '50')

  // The first day is typed, the others pasted below it; then only dates are left in the failing rows.
  await lookAt(page, /^出生日期格式不正确/)
  const born = withFault(5)
  const days = born.meant.map(({ child }) => child.birthDate!.replaceAll('-', ''))
  await sheetRow(page, born.first).getByRole('cell', { name: '2020/13/45', exact: true }).click()
  await page.keyboard.type(days[0]!)
  await page.keyboard.press('Enter')
  await expect(page.getByText('已修改 1 处（1 行），尚未保存')).toBeVisible()
  await pasteAt(page, born.meant[1]!.row, '2020/13/45', days.slice(1, 49))
  await recheck(page, '1')

  // The last child did not come after all: left out, taken back, left out again.
  const last = born.meant[49]!
  await page.getByText(/^有问题 1$/).click()
  await sheetRow(page, last.row).getByRole('cell', { name: '2020/13/45', exact: true }).click()
  await page.getByRole('button', { name: '删除本行' }).click()
  await expect(left(page, '0')).toBeVisible()
  await page.getByRole('button', { name: '撤销上一步' }).click()
  await expect(left(page, '1')).toBeVisible()
  await sheetRow(page, last.row).getByRole('cell', { name: '2020/13/45', exact: true }).click()
  await page.keyboard.type(days[49]!)
  await page.keyboard.press('Enter')
  await recheck(page, '0')

  await page.getByRole('button', { name: '修改记录' }).click()
  const log = page.getByRole('dialog', { name: '修改记录' })
  await expect(log.getByRole('row').filter({ hasText: '已撤销' })).toContainText('删除行')
  await expect(log.getByRole('row').nth(1)).toContainText(days[49]!)
  await log
    .getByRole('button', { name: /关\s*闭|Close/ })
    .first()
    .click()

  await page.getByRole('button', { name: '提交：发起 2,000 名学生的注册申请' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '已为 2,000 名学生发起注册' })).toBeVisible({
    timeout: 60_000,
  })
  // Nobody has decided yet: all of it can be taken back in one step, and submitted again.
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '撤回', exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: '2,000 人全部通过校验' })).toBeVisible()
  await page.getByRole('button', { name: '提交：发起 2,000 名学生的注册申请' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '已为 2,000 名学生发起注册' })).toBeVisible({
    timeout: 60_000,
  })
  // What was taken back has left the batch: it holds each child once.
  const total = await page.evaluate(async () => {
    const id = location.pathname.split('/').at(-1)
    const answer = await fetch(`/api/rooms/registration/items?importBatchId=${id}&count=1&limit=1`)
    return (await answer.json()).total
  })
  expect(total).toBe(ROWS)
})
