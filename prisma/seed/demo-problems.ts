import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { buildIdentityNumber } from './children.ts'
import type { SeedClient } from './client.ts'
import type { OrgSeed } from './organizations.ts'
import { buildProblem, type EnrolledWish } from './problems.ts'

const BIRTH = '2017-04-12' as PlainDate
const number = (sequence: number, region = '440203', birth = BIRTH): string =>
  buildIdentityNumber(region, birth, sequence)
const family = (name: string, last: number) => ({ name, phone: `1990000${last}` })

/** Problem records of every kind, as a load of old records leaves them: the demo and the journeys begin here. */
export async function buildDemoProblems(client: SeedClient, schools: ReadonlyMap<string, OrgSeed>): Promise<void> {
  const child = (
    key: string,
    name: string,
    identityNumber: string | null,
    more: Partial<EnrolledWish> = {},
  ): EnrolledWish => ({ school: schools.get(key)!, name, gender: '1', birthDate: BIRTH, identityNumber, ...more })
  const shared = (sequence: number, ...children: [key: string, name: string, more?: Partial<EnrolledWish>][]) =>
    buildProblem(client, {
      problemType: 2,
      fault: 'duplicate',
      children: children.map(([key, name, more]) => child(key, name, number(sequence), more)),
    })
  // One county: amended by whoever came last.
  await shared(
    11,
    ['sunshine', '罗一鸣', { guardian: family('罗建国', 1101) }],
    ['virtue', '罗一飞', { guardian: family('罗建国', 1101) }],
  )
  // One county, two cities, two provinces: attested by both, then arbitrated.
  await shared(13, ['sunshine', '梁思远'], ['virtue', '梁思源'])
  await shared(
    15,
    ['sunshine', '邓子安', { guardian: family('邓伟', 1502) }],
    ['bay', '邓子安', { guardian: family('邓伟', 1502) }],
  )
  await shared(17, ['sunshine', '何嘉禾'], ['lakeside', '王知行'])
  // Struck off.
  await shared(19, ['sunshine', '曾予墨'], ['riverside', '曾予墨'])
  // Three parties.
  await shared(21, ['riverside', '许清越'], ['harbour', '许清悦'], ['oldtown', '徐青岳'])
  // Waits for the other side.
  await shared(23, ['virtue', '谢辰'], ['sunshine', '谢晨'])
  const alone = (
    fault: 'notFound' | 'nameMismatch' | 'checkCharacter',
    key: string,
    name: string,
    identityNumber: string,
  ) =>
    buildProblem(client, {
      problemType: 1,
      fault,
      isHistory: fault === 'checkCharacter',
      children: [child(key, name, identityNumber, { guardian: family('家长', 3001) })],
    })
  await alone('notFound', 'sunshine', '吴景行', number(31))
  await alone('nameMismatch', 'sunshine', '郑沐辰', number(33))
  // Two neighbouring digits of the birth date changed over: the check character proves it.
  await alone('checkCharacter', 'sunshine', '何雨桐', swapped(number(35), 12))
  await alone('checkCharacter', 'sunshine', '林可欣', swapped(number(37), 12))
  await alone('checkCharacter', 'virtue', '周若曦', swapped(number(39), 12))
  // Nobody knows who came first: both may act.
  await buildProblem(client, {
    problemType: 2,
    fault: 'duplicate',
    isOrdered: false,
    isHistory: true,
    children: [child('virtue', '黄书航', number(41)), child('riverside', '黄书行', number(41))],
  })
  await buildProblem(client, {
    problemType: 3,
    fault: 'duplicate',
    children: ['virtue', 'harbour'].map((key) => child(key, '马小军', null, { identityType: 'Z' })),
  })
}

const swapped = (text: string, at: number): string => text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
