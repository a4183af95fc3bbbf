import { areaList } from '@vant/area-data'
import { pinyin } from 'pinyin-pro'
import type { SeedClient } from './client.ts'

/** A region of GB/T 2260. */
export type RegionSeed = {
  code: string
  name: string
  fullName: string
  level: 'province' | 'city' | 'county'
  parentCode: string
  pinyinInitials: string
}

// Prefectures without counties: GB/T 2260 knows the city alone; the data package lists their towns under invented codes.
const WITHOUT_COUNTIES = ['4419', '4420', '4604', '6202']

/** Initials of a Chinese name, for search: 韶关市 → sgs. */
export const initialsOf = (name: string): string =>
  pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' }).join('').toLowerCase()

/** All regions: provinces, cities, counties, from the kept data package. A prefecture without counties is its own county too, as in household registers. */
export function listRegions(): RegionSeed[] {
  const { province_list, city_list, county_list } = areaList
  const names = new Map<string, string>([...Object.entries(province_list), ...Object.entries(city_list)])
  const regions: RegionSeed[] = []
  const add = (code: string, name: string, level: RegionSeed['level'], parentCode: string, fullName: string): void => {
    regions.push({ code, name, fullName, level, parentCode, pinyinInitials: initialsOf(name) })
  }
  for (const [code, name] of Object.entries(province_list)) add(code, name, 'province', '000000', name)
  for (const [code, name] of Object.entries(city_list)) {
    const province = `${code.slice(0, 2)}0000`
    add(
      code,
      name,
      WITHOUT_COUNTIES.includes(code.slice(0, 4)) ? 'county' : 'city',
      province,
      `${names.get(province)}${name}`,
    )
  }
  for (const [code, name] of Object.entries(county_list)) {
    const city = `${code.slice(0, 4)}00`
    if (WITHOUT_COUNTIES.includes(code.slice(0, 4))) continue
    const province = names.get(`${code.slice(0, 2)}0000`) ?? ''
    const cityName = names.get(city) ?? ''
    add(
      code,
      name,
      'county',
      names.has(city) ? city : `${code.slice(0, 2)}0000`,
      province + (cityName === province ? '' : cityName) + name,
    )
  }
  return regions
}

/** Fills the region table, as one set. */
export async function buildRegions(client: SeedClient): Promise<void> {
  await client.query(
    `insert into region (code, name, full_name, level, parent_code, pinyin_initials)
     select code, name, "fullName", level, "parentCode", "pinyinInitials"
     from jsonb_to_recordset($1::jsonb) as r (code text, name text, "fullName" text, level text, "parentCode" text, "pinyinInitials" text) on conflict (code) do nothing`,
    [JSON.stringify(listRegions())],
  )
}
