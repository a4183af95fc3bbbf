/** An invented roster, 73 columns wide, the same on every run: some columns all different, most of them from short lists. */
export const COLUMNS = 73

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'
const GIVEN = '一乙子文方月木水火永玉石立竹羽自至舟色行言谷辰采金雨青音风'
const LISTS = [
  ['男', '女'],
  ['汉族', '回族', '壮族', '满族', '苗族', '维吾尔族'],
  ['是', '否'],
  ['居民身份证', '护照', '港澳居民来往内地通行证'],
  ['一年级', '二年级', '三年级', '四年级', '五年级', '六年级'],
  ['走读', '住校', '借宿'],
  ['健康或良好', '一般或较弱', '有慢性病'],
  ['父亲', '母亲', '祖父母', '其他'],
]

/** Columns of `rosterRow` that a spreadsheet would hold as numbers, and as days. */
export const NUMBER_COLUMNS: ReadonlySet<number> = new Set([20, 21, 22, 23, 24])
export const DATE_COLUMNS: ReadonlySet<number> = new Set([6, 30])

export const HEADERS = Array.from({ length: COLUMNS }, (_, i) => `数据项${i + 1}`)

/** Row `n` of the roster; a fifth of the cells is empty. */
export function rosterRow(n: number): string[] {
  const pick = (list: readonly string[] | string, salt: number) => list[hash(n, salt) % list.length]!
  return Array.from({ length: COLUMNS }, (_, column) => {
    if (column === 0) return pick(SURNAMES, 1) + pick(GIVEN, 2) + pick(GIVEN, 3)
    if (column === 1) return `110101${2008 + (n % 10)}0101${String(n).padStart(6, '0').slice(-4)}`
    if (column === 2) return `G110101200801${String(n).padStart(6, '0')}`
    if (column === 3) return `某省某市某区第${n % 997}街道第${n % 83}号院${n % 29}号楼${n % 7}单元`
    if (column === 4)
      return `138${String(n * 7919)
        .padStart(8, '0')
        .slice(-8)}`
    if (DATE_COLUMNS.has(column)) return String(39_448 + (hash(n, column) % 3000))
    if (NUMBER_COLUMNS.has(column)) return String(hash(n, column) % 1000)
    if (hash(n, column) % 5 === 0) return ''
    if (column < 14) return `${pick(SURNAMES, column)}${pick(GIVEN, column + 50)}家${n % 1000}`
    return pick(LISTS[column % LISTS.length]!, column)
  })
}

function hash(n: number, salt: number): number {
  let h = Math.imul(n ^ (salt * 0x9e3779b1), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
