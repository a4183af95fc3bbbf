import { expect, type Locator, type Page } from '@playwright/test'
import { codeTable } from '@xueji/contracts/codes/code-tables'
import { fixedFields } from '@xueji/contracts/rooms/registration/registration.form'
import { REGISTRATION_TEMPLATES } from '@xueji/contracts/rooms/registration/registration.template'
import { flatten } from '@xueji/contracts/template/row-schema'
import type { TemplateColumn } from '@xueji/contracts/template/template'
import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { valuesOfNumber } from '../../apps/web/src/rooms/registration/form/derived-values.ts'
import { drawnPage } from '../../scripts/lib/drawn-page.ts'

/** The field of a form that is open. */
export const field = (page: Page, key: string) => page.locator(`[data-field="${key}"]:visible`)

/** Opens the list of a choice and returns it: the one before it may still be closing, with entries of the same words. */
export async function openList(page: Page, choice: Locator): Promise<Locator> {
  const list = page.locator('.ant-select-dropdown:visible')
  await expect(list).toHaveCount(0)
  await choice.click()
  await expect(list).toHaveCount(1)
  return list
}

/** Picks an entry of the list a field opens. */
export async function choose(page: Page, key: string, label: string): Promise<void> {
  const list = await openList(page, field(page, key).locator('.ant-select').first())
  // Long lists are drawn as far as they are seen: what is typed narrows them.
  await page.keyboard.insertText(label)
  await list.getByTitle(label, { exact: true }).first().click()
  await expect(field(page, key)).toContainText(label)
}

async function fill(page: Page, column: TemplateColumn, value: string): Promise<void> {
  const { key, kind } = column
  if (kind === 'yesNo' && column.required)
    return field(page, key)
      .getByText(value === '1' ? '是' : '否', { exact: true })
      .click()
  if (kind === 'code') return choose(page, key, codeTable(column.codes!).label(value))
  if (kind === 'yesNo') return choose(page, key, value === '1' ? '是' : '否')
  if (key === 'gradeName' || key === 'classNumber') {
    const list = await openList(page, field(page, key).locator('.ant-select').first())
    await list.locator('.ant-select-item-option').filter({ hasText: value }).first().click()
    await expect(field(page, key)).toContainText(value)
    return
  }
  if (kind === 'region') {
    const code = value.slice(0, 6)
    // Before the answer comes provinces stand there, or that nothing was found: clicking those chooses nothing. A code has one answer.
    const found = page.locator('.ant-select-dropdown:visible .ant-cascader-menu-item')
    await expect(async () => {
      await field(page, key).locator('input').fill(code)
      await expect(found).toHaveCount(1, { timeout: 5_000 })
      await found.click({ timeout: 5_000 })
      await expect(field(page, key)).toContainText(code, { timeout: 5_000 })
    }).toPass({ timeout: 60_000 })
    return
  }
  await field(page, key).locator('input').fill(value)
}

/** Fills a form as a registrar does: field by field, both tabs; what follows from the number or stands fixed is left alone. */
export async function fillForm(page: Page, category: RegistrationCategory, child: StudentValues): Promise<void> {
  const values = flatten(child)
  const derived = values.identityType === '1' ? Object.keys(valuesOfNumber(values.identityNumber)) : []
  const leave = new Set([...fixedFields(category), ...derived])
  for (const tab of ['基本信息', '家庭成员']) {
    await page.getByRole('tab', { name: tab }).click()
    for (const column of REGISTRATION_TEMPLATES[category].columns) {
      const inTab = column.key.startsWith('guardians.') === (tab === '家庭成员')
      const value = values[column.key]
      if (inTab && value && !leave.has(column.key)) await fill(page, column, value)
    }
  }
  await page.getByRole('tab', { name: '基本信息' }).click()
}

/** Puts a picture into the 证明材料 in view and waits until the server has it. */
export async function addEvidence(page: Page, name: string): Promise<void> {
  const field = page.locator('.xj-evidence:visible')
  await field
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'image/png', buffer: Buffer.from(drawnPage()) })
  await expect(field.locator('.xj-evidence-list li')).toHaveCount(1)
}
