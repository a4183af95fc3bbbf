import { describe, expect, it } from 'vitest'
import { ApiError } from '../../../shared/api-client.ts'
import { isCheckedHere, mayRetry, whyNotUploadable } from './upload-file.ts'

describe('whyNotUploadable', () => {
  it.each([
    ['名单.xlsx', 1000, undefined],
    ['名单.XLSX', 1000, undefined],
    ['名单.xls', 1000, undefined],
    ['名单.ods', 1000, undefined],
    ['名单.CSV', 1000, undefined],
    ['名单.csv', 10 * 1024 * 1024, undefined],
    ['名单.xls', 11 * 1024 * 1024, '另存为 .xlsx'],
    ['名单.xlsx', 11 * 1024 * 1024, undefined],
    ['名单.docx', 1000, '只能上传'],
    ['名单', 1000, '只能上传'],
    ['名单.xls', 0, '空'],
    ['名单.xlsx', 0, '空'],
    ['名单.xlsx', 33 * 1024 * 1024, '32MB'],
  ] as const)('%s of %i bytes', (name, size, part) => {
    const reason = whyNotUploadable({ name, size })
    if (part === undefined) expect(reason).toBeUndefined()
    else expect(reason).toContain(part)
  })
})

it('checks workbooks here, leaves the other formats to the server', () => {
  expect(['a.xlsx', 'a.XLSX', 'a.xls', 'a.ods', 'a.csv'].map((name) => isCheckedHere({ name }))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

describe('mayRetry', () => {
  const error = (status: number, id: string) => new ApiError(status, { id, message: '', requestId: '' })
  it('tries again what the line or the load broke, never what the server refused', () => {
    expect([error(0, 'offline'), error(503, 'unavailable'), error(409, 'request.inProgress')].map(mayRetry)).toEqual([
      true,
      true,
      true,
    ])
    expect([error(409, 'import.grade'), error(413, 'import.tooLarge'), new Error('x')].map(mayRetry)).toEqual([
      false,
      false,
      false,
    ])
  })
})
