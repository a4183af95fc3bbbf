import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { drawPhoto } from '@xueji/db/seed/drawn-photos'
import { openFileSource } from '@xueji/workbook/node/file-source'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { openArchive } from '@xueji/workbook/read/open-archive'
import { zipStream } from '@xueji/workbook/write/zip-stream'
import Excel from 'exceljs'
import { becomes, openPage, signIn } from '../worlds/people.ts'
import { registerChildren } from '../worlds/registered.ts'
import { childrenOf, ENTRY_YEAR } from '../worlds/roster.ts'
import { expect, test } from '../worlds/world.ts'

const PASSWORD = 'Xueji@2026'
const SCHOOL_CODE = '2144100004'

async function writeZip(path: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<void> {
  const parts = Object.entries(files).map(([name, content]) => ({ name, content: [content] }))
  const chunks: Uint8Array[] = []
  for await (const chunk of zipStream(parts, nodeCodec, 0)) chunks.push(chunk)
  writeFileSync(path, Buffer.concat(chunks))
}

test('a registrar brings photographs by zip, mends what was refused by hand, and hands them out as a zip', async ({
  page,
  baseURL,
}, { outputDir }) => {
  const children = childrenOf('riverside', 6, '440204').map((child) => ({ ...child, classNumber: `${ENTRY_YEAR}101` }))
  await registerChildren(baseURL!, 'riverside', 'county440204', children)
  mkdirSync(outputDir, { recursive: true })
  const [first, second, third, fourth] = children
  const zip = join(outputDir, '一班照片.zip')
  await writeZip(zip, {
    [`一班/${first!.identityNumber}.jpg`]: await drawPhoto(1),
    [`一班/${SCHOOL_CODE}_${ENTRY_YEAR}101_${second!.name}.jpg`]: await drawPhoto(2, 716, 882),
    [`一班/${third!.identityNumber}.jpg`]: await drawPhoto(3, 500, 500),
    [`一班/${fourth!.identityNumber}.jpg`]: (await drawPhoto(4)).subarray(0, 3000),
    '一班/440224201903150000.jpg': await drawPhoto(5),
    '一班/IMG_0001.jpg': await drawPhoto(6),
    '说明.txt': '说明',
  })

  await signIn(page, 'riverside.registrar')
  await openPage(page, '学生照片采集')
  await expect(page.getByText('缺照片 6')).toBeVisible()
  await page.locator('input[type=file][accept=".zip"]').setInputFiles(zip)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /上\s*传/ })
    .click()
  const report = page.getByRole('region', { name: '一班照片.zip的处理结果' })
  await expect(report).toContainText('未入库 5', { timeout: 60_000 })
  await expect(report).toContainText('已入库 2')
  const refused = (name: string) => report.getByRole('row').filter({ hasText: name })
  await expect(refused(third!.identityNumber!)).toContainText('宽高比')
  await expect(refused(fourth!.identityNumber!)).toContainText('照片已损坏或不完整')
  await expect(refused('440224201903150000.jpg')).toContainText('本校在校生中找不到该学生')
  await expect(refused('IMG_0001.jpg')).toContainText('文件名须为')
  await expect(refused('说明.txt')).toContainText('照片须为 jpg 格式')
  const { violations } = await new AxeBuilder({ page }).include('.ant-drawer').analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])

  const reportDownload = page.waitForEvent('download')
  await report.getByRole('link', { name: '下载处理结果' }).click()
  const reportPath = join(outputDir, 'report.xlsx')
  await (await reportDownload).saveAs(reportPath)
  const book = new Excel.Workbook()
  await book.xlsx.readFile(reportPath)
  const outcomes = book.worksheets[0]!.getColumn(2).values.slice(2)
  expect(outcomes).toEqual([...Array(5).fill('未入库'), ...Array(2).fill('已入库')])

  // The grid marks who is missing; one is chosen by hand, one is dropped on its place.
  await page.keyboard.press('Escape')
  await expect(page.getByText('缺照片 4')).toBeVisible()
  await expect(page.getByRole('img', { name: `${first!.name}的照片` })).toBeVisible()
  await page.getByText('缺照片 4').click()
  await expect(page.locator('.xj-photo-card')).toHaveCount(4)
  const photo = join(outputDir, '照片.jpg')
  writeFileSync(photo, await drawPhoto(7))
  await page.getByLabel(`选择${third!.name}的照片`).setInputFiles(photo)
  await expect(page.getByText('缺照片 3')).toBeVisible()
  const small = join(outputDir, '小.jpg')
  writeFileSync(small, await drawPhoto(8, 200, 246))
  await page.getByLabel(`选择${fourth!.name}的照片`).setInputFiles(small)
  await expect(page.getByText('照片不足 358×441 像素')).toBeVisible()
  const dropped = await page.evaluateHandle(
    (bytes) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([new Uint8Array(bytes)], 'x.jpg', { type: 'image/jpeg' }))
      return transfer
    },
    [...(await drawPhoto(9))],
  )
  await page
    .locator('.xj-photo-card')
    .filter({ hasText: fourth!.name! })
    .dispatchEvent('drop', { dataTransfer: dropped })
  await expect(page.getByText('缺照片 2')).toBeVisible()

  // Handed out: authorised by the leader, as a zip whose names can be uploaded again.
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('definition').last()).toHaveText('4')
  await dialog.getByLabel('授权账号用户名').fill('riverside.leader')
  await dialog.getByLabel('授权账号密码').fill(PASSWORD)
  await dialog.getByRole('button', { name: '导出', exact: true }).click()
  const record = dialog.getByRole('listitem').first()
  await expect(record).toContainText('可下载 4 条')
  const download = page.waitForEvent('download')
  await record.getByRole('link', { name: '下载' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^学生照片-.+-\d{8}\.zip$/)
  const path = join(outputDir, 'photos.zip')
  await file.saveAs(path)
  const source = await openFileSource(path)
  const opened = await openArchive(source, nodeCodec)
  expect(opened.ok ? opened.files.map(({ name }) => name).sort() : opened.refusal).toEqual(
    [first, second, third, fourth].map((child) => `${child!.identityNumber}.jpg`).sort(),
  )
  await source.close()
  await page.keyboard.press('Escape')

  // The leader looks and changes nothing.
  await becomes(page, 'riverside.leader')
  await openPage(page, '学生照片采集')
  await expect(page.getByRole('img', { name: `${fourth!.name}的照片` })).toBeVisible()
  await expect(page.getByRole('button', { name: /上传压缩包|^更换|^导出$/ })).toHaveCount(0)
})
