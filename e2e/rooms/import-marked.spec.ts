import { join } from 'node:path'
import { openPage, signIn } from '../worlds/people.ts'
import { childrenOf, downloadTemplate, fillTemplate, listOnRoster, mendMarked } from '../worlds/roster.ts'
import { expect, test } from '../worlds/world.ts'

const ROWS = 60
// Excel rows: the header is 1, the example 2, the first child 3.
const FIRST_ROW = 3
const RED = 'FFFFC7CE'

test('a bad roster is taken back with its cells marked, mended in a spreadsheet program and uploaded in its place', async ({
  page,
}, { outputDir }) => {
  await signIn(page, 'harbour.registrar')
  await openPage(page, '小学新生注册')
  const template = await downloadTemplate(page, outputDir)
  const children = childrenOf('harbour', ROWS, '440282')
  await listOnRoster(page, children)
  const roster = join(outputDir, '港区新生.xlsx')
  await fillTemplate(template, roster, children, (set, index) => {
    if (index === 4) set('民族', '汉')
    if (index === 9) set('健康状况', '')
    if (index === 9) set('出生日期', '2020/13/45')
  })
  await page.locator('input[type=file]').first().setInputFiles(roster)
  await expect(page.getByText('2 人有问题')).toBeVisible()
  await page.getByRole('button', { name: '上传', exact: true }).click()
  await expect(page.getByText('有问题 2', { exact: true })).toBeVisible()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载标注问题的文件' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('港区新生-问题标注.xlsx')
  const marked = join(outputDir, 'marked.xlsx')
  await file.saveAs(marked)
  const mended = join(outputDir, '港区新生-改好.xlsx')
  const cells = await mendMarked(marked, mended, ({ header, row }) => {
    const child = children[row - FIRST_ROW]!
    if (header === '出生日期') return child.birthDate!.replaceAll('-', '')
    return header === '民族' ? '汉族' : '健康或良好'
  })
  expect(cells.map(({ row, header, ground }) => [row, header, ground])).toEqual(
    expect.arrayContaining([
      [FIRST_ROW + 4, '民族', RED],
      [FIRST_ROW + 9, '健康状况', RED],
      [FIRST_ROW + 9, '出生日期', RED],
    ]),
  )
  for (const { comment } of cells) expect(comment).toMatch(/不正确|不能为空/)

  // In its place: what stayed as it was is recognised, and the clean roster is filed by itself.
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '上传改好的文件' }).click()
  await (await chooser).setFiles(mended)
  await expect(page.getByRole('alert').filter({ hasText: `已为 ${ROWS} 名学生发起注册` })).toBeVisible({
    timeout: 60_000,
  })
  await expect(page.getByRole('term').filter({ hasText: '与上次相同' }).locator('+ dd')).toHaveText(`${ROWS - 2} 行`)
  await openPage(page, '小学新生注册')
  await expect(page.getByRole('row').filter({ hasText: '港区新生-改好.xlsx' })).toContainText('处理成功')
  await expect(page.getByRole('row').filter({ hasText: '港区新生.xlsx' })).toHaveCount(0)
})
