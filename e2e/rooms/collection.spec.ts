import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openPage, signIn } from '../worlds/people.ts'
import { childrenOf, downloadTemplate, fillTemplate, listOnRoster } from '../worlds/roster.ts'
import { expect, test } from '../worlds/world.ts'

const COUNT = 7

/** Pages of the PDF the browser would print now. */
async function printedPages(page: Page, path: string): Promise<number> {
  const pdf = await page.pdf({ path, preferCSSPageSize: true, printBackground: true })
  return (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length
}

/** Text that does not fit its cell or its sheet, on paper. */
const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.xj-print td, .xj-print th, .xj-print > *')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => one.textContent ?? ''),
  )

test('采集表: blank for parents, filled for those chosen; one child one sheet of A4, however long an address is', async ({
  page,
}, { outputDir }) => {
  await signIn(page, 'citydirect.registrar')
  await openPage(page, '信息采集表')
  await page.getByRole('button', { name: '打印空白表' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('article', { name: '空白采集表' })).toContainText('韶关市实验小学')
  expect(await printedPages(page, join(outputDir, 'blank.pdf'))).toBe(1)
  await page.emulateMedia({ media: 'print' })
  expect(await overflowing(page)).toEqual([])
  await expect(page.locator('.xj-print')).toContainText('带★为必采信息项')
  await page.emulateMedia({ media: null })
  await page.keyboard.press('Escape')

  // Every address as long as the record allows.
  const children = childrenOf('citydirect', COUNT, '440224').map((child) => ({
    ...child,
    currentAddress: '广东省韶关市武江区某某街道办事处某某社区居委会某某路某某花园某某苑'.repeat(7).slice(0, 200),
    guardians: child.guardians!.map((one) => ({
      ...one,
      workUnit: '某某市某某区某某有限责任公司某某分公司'.repeat(6).slice(0, 100),
    })),
  }))
  await listOnRoster(page, children)
  await openPage(page, '小学新生注册')
  const template = await downloadTemplate(page, outputDir)
  const roster = join(outputDir, '采集表名单.xlsx')
  await fillTemplate(template, roster, children)
  await page.locator('input[type=file]').first().setInputFiles(roster)
  await expect(page.getByRole('row').filter({ hasText: '采集表名单.xlsx' }).last()).toContainText('处理成功', {
    timeout: 60_000,
  })

  await openPage(page, '学籍注册查询')
  await expect(page.getByText(`共 ${COUNT} 条`)).toBeVisible()
  await page.getByRole('checkbox', { name: '选择本页全部' }).check()
  await page.getByRole('button', { name: '打印采集表' }).click()
  await expect(dialog).toContainText(`第 1–${COUNT} 张，共 ${COUNT} 张`)
  for (const child of children) await expect(dialog).toContainText(child.identityNumber!)
  expect(await printedPages(page, join(outputDir, 'filled.pdf'))).toBe(COUNT)
  await page.emulateMedia({ media: 'print' })
  expect(await overflowing(page)).toEqual([])
  await page.emulateMedia({ media: null })

  // Closed, nothing of it is left to be printed.
  await page.keyboard.press('Escape')
  await expect(page.locator('.xj-print')).toHaveCount(0)
})
