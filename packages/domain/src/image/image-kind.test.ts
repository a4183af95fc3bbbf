import { describe, expect, it } from 'vitest'
import { imageKindOf, imageKindOfName } from './image-kind.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

describe('SEC-011 类型看内容，不看名字', () => {
  it.each<[string, Uint8Array, string | undefined]>([
    ['JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), 'jpeg'],
    ['PNG', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0), 'png'],
    ['PNG 签名不全', bytes(0x89, 0x50, 0x4e, 0x47), undefined],
    ['换行被改过的 PNG', bytes(0x89, 0x50, 0x4e, 0x47, 0x0a, 0x1a, 0x0a, 0), undefined],
    ['只有两个字节的 JPEG', bytes(0xff, 0xd8), undefined],
    ['GIF', new TextEncoder().encode('GIF89a'), undefined],
    ['WebP', new TextEncoder().encode('RIFF....WEBP'), undefined],
    ['SVG', new TextEncoder().encode('<svg xmlns='), undefined],
    ['PDF', new TextEncoder().encode('%PDF-1.7'), undefined],
    ['zip', bytes(0x50, 0x4b, 3, 4), undefined],
    ['空文件', bytes(), undefined],
  ])('%s', (_name, content, kind) => expect(imageKindOf(content)).toBe(kind))

  it.each<[string, string | undefined]>([
    ['照片.jpg', 'jpeg'],
    ['照片.JPEG', 'jpeg'],
    ['照片.png', 'png'],
    ['照片.PNG', 'png'],
    ['照片.gif', undefined],
    ['照片.jpg.exe', undefined],
    ['照片.svg', undefined],
    ['jpg', undefined],
    ['照片.jpg ', undefined],
    ['', undefined],
  ])('名称 %j 说是 %s', (name, kind) => expect(imageKindOfName(name)).toBe(kind))
})
