import { describe, expect, it } from 'vitest'
import { formatBlock, parseBlock, placeBlock, spanOf } from './block.ts'

describe('parseBlock', () => {
  it.each([
    [
      '汉族\t男\r\n回族\t女\r\n',
      [
        ['汉族', '男'],
        ['回族', '女'],
      ],
    ],
    ['汉族', [['汉族']]],
    ['a\n\nb', [['a'], [''], ['b']]],
    [
      'a\t\n\tb',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['a\t', [['a', '']]],
    ['"两\n行"\t"引""号"""\nx', [['两\n行', '引"号"'], ['x']]],
    ['"引"后\tb', [['"引"后', 'b']]],
    ['"未完', [['"未完']]],
    ['', []],
  ])('reads %j', (text, rows) => {
    expect(parseBlock(text)).toEqual(rows)
  })

  it('reads back what it writes', () => {
    const block = [
      ['张三', '含\t制表', ''],
      ['多\n行', '"引号"', 'x'],
    ]
    expect(parseBlock(formatBlock(block))).toEqual(block)
  })
})

describe('placeBlock', () => {
  const size = { rows: 10, columns: 4 }
  const one = (row: number, column: number) => spanOf({ row, column }, { row, column })

  it('fills down and right from one cell', () => {
    expect(
      placeBlock(
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
        one(1, 2),
        size,
      ),
    ).toEqual({
      cells: [
        { row: 1, column: 2, text: 'a' },
        { row: 1, column: 3, text: 'b' },
        { row: 2, column: 2, text: 'c' },
        { row: 2, column: 3, text: 'd' },
      ],
      rowsBeyond: 0,
      columnsBeyond: 0,
    })
  })

  it('tells what lies beyond the sheet', () => {
    const block = Array.from({ length: 5 }, () => ['x', 'y', 'z'])
    const { cells, rowsBeyond, columnsBeyond } = placeBlock(block, one(8, 2), size)
    expect([cells.length, rowsBeyond, columnsBeyond]).toEqual([4, 3, 1])
  })

  it('repeats a block in a rectangle it fits into several times, and only then', () => {
    const column = placeBlock([['汉族']], spanOf({ row: 6, column: 1 }, { row: 2, column: 1 }), size)
    expect(column.cells.map((cell) => [cell.row, cell.text])).toEqual([2, 3, 4, 5, 6].map((row) => [row, '汉族']))
    expect(placeBlock([['a'], ['b']], spanOf({ row: 0, column: 0 }, { row: 2, column: 0 }), size).cells).toHaveLength(2)
  })

  it('leaves a short row of the block empty', () => {
    expect(placeBlock([['a', 'b'], ['c']], one(0, 0), size).cells[3]).toEqual({ row: 1, column: 1, text: '' })
  })
})
