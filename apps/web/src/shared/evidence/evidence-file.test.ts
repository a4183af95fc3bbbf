import { describe, expect, it } from 'vitest'
import { sizeText, whyNotEvidence } from './evidence-file.ts'

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const MAX = 2 * 1024 * 1024

describe('上传前先看一眼（fields 1.8，SEC-011）', () => {
  it.each<[string, number, Uint8Array, RegExp | undefined]>([
    ['证明.jpg', 1000, JPEG, undefined],
    ['证明.JPEG', MAX, JPEG, undefined],
    ['证明.png', 1000, PNG, undefined],
    ['证明.jpg', MAX + 1, JPEG, /超过 2MB/],
    ['证明.pdf', 1000, JPEG, /只能上传/],
    ['证明.jpg', 1000, PNG, /真实格式不一致/],
    ['证明.jpg', 0, new Uint8Array(), /不是 JPG 或 PNG/],
  ])('%s，%i 字节', (name, size, head, why) => {
    const said = whyNotEvidence({ name, size }, head)
    if (why) expect(said).toMatch(why)
    else expect(said).toBeUndefined()
  })

  it.each([
    [0, '1 KB'],
    [2048, '2 KB'],
    [1024 * 1024, '1.0 MB'],
  ])('%i 字节是 %s', (bytes, said) => expect(sizeText(bytes)).toBe(said))
})
