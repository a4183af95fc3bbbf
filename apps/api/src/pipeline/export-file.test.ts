import { rm, stat } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { makeTemporaryFolder } from '@xueji/db/embedded-postgres'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { createWorkbookStream } from '@xueji/workbook/write/workbook-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFileStore, type FileStore } from '../platform/files.ts'
import { registrationRoom } from '../rooms/registration/registration.room.ts'
import { readExported } from '../testing/exported-file.ts'
import { exportFileName, exportWorkbook } from './export-file.ts'
import { findExportList } from './export-lists.ts'

const LIST = findExportList(registrationRoom, 'items')!
const ALL = LIST.columns.map(({ key }) => key)
const ORIGIN = {
  actor: {
    accountId: 'a',
    displayName: '某甲',
    roles: [],
    orgId: 'o',
    orgName: '某小学',
    orgPath: '440203:1',
    orgLevel: 'school',
  },
  authoriserName: '某乙',
  conditionsText: '无（全部）',
  columns: ALL,
  createdAt: new Date('2026-09-01T16:30:00Z'),
} as const

/** Bytes in use once all garbage is gone. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

let folder: string
let files: FileStore
beforeAll(() => {
  folder = makeTemporaryFolder('xueji-export-')
  files = createFileStore(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the file of an export', () => {
  it('of 100,000 rows × all columns is written in memory that does not grow with it', {
    timeout: 180_000,
  }, async () => {
    const ROWS = 100_000
    const PAGE = 2_000
    const id = crypto.randomUUID()
    const samples: number[] = []
    // New texts for every page, as the database gives them: nothing is shared that could make rows look small.
    const pages = async function* (): AsyncGenerator<string[][]> {
      for (let from = 0; from < ROWS; from += PAGE) {
        yield Array.from({ length: PAGE }, (_, at) => ALL.map((key) => `${key}-${from + at}-某某路`))
        if (from % (10 * PAGE) === 0) samples.push(liveBytes())
      }
    }
    const before = liveBytes()
    const { size } = await files.write(
      id,
      createWorkbookStream(exportWorkbook(ORIGIN, LIST, pages()), { codec: nodeCodec }),
    )
    expect((await stat(files.pathOf(id))).size).toBe(size)
    expect(size).toBeGreaterThan(20_000_000)
    // A page and what is on its way to the disk; the text of the file is some hundred times as much.
    expect(samples).toHaveLength(5)
    for (const live of samples) expect(live - before).toBeLessThan(48 * 1024 * 1024)
    await files.remove(id)
  })

  it('is read back as it was written, formulas and all', async () => {
    const id = crypto.randomUUID()
    const texts = ['=1+1', '+86', '-1', '@cmd', '110101199001011234', '007', ' 两端 ', 'a\nb', '\u0000x_x000D_']
    const columns = ALL.slice(0, texts.length)
    const pages = async function* () {
      yield [texts]
    }
    await files.write(
      id,
      createWorkbookStream(exportWorkbook({ ...ORIGIN, columns }, LIST, pages()), { codec: nodeCodec }),
    )
    const [row] = await readExported(files.pathOf(id))
    const headers = columns.map((key) => LIST.columns.find((column) => column.key === key)!.header)
    expect(headers.slice(0, 8).map((header) => row![header]!.trim())).toEqual(
      texts.slice(0, 8).map((text) => text.trim()),
    )
  })

  it('a source that fails leaves no file, whole or half, and its own error', async () => {
    const id = crypto.randomUUID()
    const pages = async function* () {
      for (let at = 0; at < 5; at++) yield Array.from({ length: 1_000 }, () => ALL)
      throw new Error('stopped on the way')
    }
    const writing = files.write(id, createWorkbookStream(exportWorkbook(ORIGIN, LIST, pages()), { codec: nodeCodec }))
    await expect(writing).rejects.toThrow('stopped on the way')
    expect(await files.open(id)).toBeUndefined()
    await expect(stat(`${files.pathOf(id)}.partial`)).rejects.toThrow(/ENOENT/)
  })

  it('is named after list, place and day in China, with nothing no file system takes', () => {
    const name = exportFileName({ title: '学籍注册查询' }, '某/市\u0000第:一*小学', new Date('2026-09-01T16:30:00Z'))
    expect(name).toBe('学籍注册查询-某市第一小学-20260902.xlsx')
  })
})

describe('the columns of the items', () => {
  it('have keys and headers of their own, and fit the book', () => {
    expect(new Set(ALL).size).toBe(ALL.length)
    const headers = LIST.columns.map(({ header }) => header)
    expect(headers.filter((header, at) => headers.indexOf(header) !== at)).toEqual([])
    for (const key of ALL) expect(key.length).toBeLessThanOrEqual(60)
    expect(ALL.length).toBeLessThanOrEqual(200)
  })

  it('mark what is to be chosen with care (EXP-008)', () => {
    const personal = new Set(LIST.columns.filter((column) => column.personal).map(({ key }) => key))
    for (const key of ['identityNumber', 'studentNumber', 'phone', 'homeAddress', 'guardians.0.name', 'isOrphan'])
      expect(personal.has(key), key).toBe(true)
    for (const key of ['name', 'gender', 'gradeName', 'schoolName', 'statusText'])
      expect(personal.has(key), key).toBe(false)
    expect(LIST.columns.filter((column) => column.usual).map(({ header }) => header)).toEqual([
      '姓名',
      '性别',
      '身份证件类型',
      '身份证件号',
      '学籍号',
      '学校名称',
      '注册类别',
      '年级',
      '班级',
      '查重认证状态',
      '录入日期',
      '当前环节/状态',
    ])
  })
})
