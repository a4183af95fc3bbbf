import { describe, expect, it } from 'vitest'
import { photoSizeFault } from './photo-size.ts'

describe('PHO-002、PHO-009 尺寸与容差', () => {
  it.each<[number, number, string | undefined]>([
    [358, 441, undefined],
    [716, 882, undefined],
    [3580, 4410, undefined],
    // 2% wider or narrower is scaled, more is not.
    [730, 882, undefined],
    [731, 882, 'wrongRatio'],
    [702, 882, undefined],
    [701, 882, 'wrongRatio'],
    [357, 441, 'tooSmall'],
    [358, 440, 'tooSmall'],
    [179, 220, 'tooSmall'],
    [441, 358, 'wrongRatio'],
    [500, 500, 'wrongRatio'],
    [358, 1000, 'wrongRatio'],
    [1, 1, 'wrongRatio'],
  ])('%i×%i：%s', (width, height, fault) => expect(photoSizeFault(width, height)).toBe(fault))
})
