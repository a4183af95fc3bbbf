import { HANDLING_WORDS } from '@xueji/contracts/rooms/problem/problem.words'
import type { ProblemGroupView, ProblemParty } from '@xueji/contracts/rooms/problem/problem-group.api'
import type { ReactNode } from 'react'
import { codeText } from '../../../shared/code-text.ts'
import { formatInstant } from '../../../shared/time.ts'

type Line = {
  readonly key: string
  readonly label: string
  readonly value: (party: ProblemParty) => ReactNode
  /** The field by which parties are compared; its difference is marked. */
  readonly compared?: string
}

const PRIVATE = <span className="xj-muted">不显示</span>
const ofRecord =
  (read: (record: NonNullable<ProblemParty['record']>) => ReactNode) =>
  (party: ProblemParty): ReactNode =>
    party.record ? read(party.record) : PRIVATE

const LINES: readonly Line[] = [
  { key: 'province', label: '省份', value: (party) => party.provinceName },
  { key: 'school', label: '学校名称', value: (party) => party.schoolName },
  { key: 'status', label: '处理状态', value: (party) => <strong>{party.statusText}</strong> },
  {
    key: 'handling',
    label: '处理方式',
    value: (party) => (party.handling ? HANDLING_WORDS[party.handling] : <span className="xj-none">—</span>),
  },
  { key: 'number', label: '全国学籍号', value: ofRecord((record) => record.studentNumber) },
  { key: 'former', label: '曾用学籍号', value: ofRecord((record) => record.formerNumbers.join('、') || '—') },
  { key: 'name', label: '学生姓名', compared: 'name', value: ofRecord((record) => record.name) },
  { key: 'gender', label: '性别', compared: 'gender', value: ofRecord((record) => codeText('GENDER', record.gender)) },
  { key: 'birth', label: '出生日期', compared: 'birthDate', value: ofRecord((record) => record.birthDate) },
  {
    key: 'type',
    label: '身份证件类型',
    compared: 'identityType',
    value: ofRecord((record) => codeText('IDTYPE', record.identityType)),
  },
  {
    key: 'id',
    label: '身份证件号',
    compared: 'identityNumber',
    value: ofRecord((record) => record.identityNumber ?? '无'),
  },
  {
    key: 'grade',
    label: '年级、班级',
    value: ofRecord((record) => `${record.gradeName} ${record.className ?? '未分班'}`),
  },
  {
    key: 'guardians',
    label: '家庭成员',
    compared: 'guardians',
    value: ofRecord((record) => record.guardians.join('、') || '—'),
  },
  { key: 'registered', label: '注册时间', value: ofRecord((record) => formatInstant(record.registeredAt)) },
]

/** The parties side by side, in acting order; fields in which they differ are marked, also where the other's value is not shown (DUP-007). */
export function GroupParties({ group }: { group: ProblemGroupView }) {
  const many = group.parties.length > 1
  // Whoever sees all sides from above has none of his own.
  const hasOwn = group.parties.some((party) => !party.isOwn)
  return (
    <table className="xj-problem-parties" aria-label="各方信息对比">
      <thead>
        <tr>
          <th scope="col">项目</th>
          {group.parties.map((party) => (
            <th scope="col" key={party.studentId}>
              {many ? `第 ${party.position} 处理方` : '学籍信息'}
              {party.isOwn && hasOwn ? <span className="xj-problem-own">本方</span> : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {LINES.map((line) => {
          const differs =
            many && line.compared !== undefined && group.parties.some((party) => party.same[line.compared!] === false)
          return (
            <tr key={line.key} className={differs ? 'xj-problem-differs' : undefined}>
              <th scope="row">
                {line.label}
                {many && line.compared && group.parties[0]?.same[line.compared] !== undefined ? (
                  <span className="xj-problem-mark">{differs ? '不同' : '相同'}</span>
                ) : null}
              </th>
              {group.parties.map((party) => (
                <td key={party.studentId} className="xj-number">
                  {line.value(party)}
                </td>
              ))}
            </tr>
          )
        })}
        {group.parties.some((party) => party.amendment) ? (
          <tr className="xj-problem-differs">
            <th scope="row">申请变更为</th>
            {group.parties.map((party) => (
              <td key={party.studentId} className="xj-number">
                {party.amendment
                  ? `${party.amendment.name} ${codeText('IDTYPE', party.amendment.identityType)} ${party.amendment.identityNumber ?? ''}`
                  : '—'}
              </td>
            ))}
          </tr>
        ) : null}
      </tbody>
    </table>
  )
}
