import type { ItemDetail } from '@xueji/contracts/pipeline/review.api'
import { codeText } from '../../../shared/code-text.ts'
import { formatInstant } from '../../../shared/time.ts'
import { CheckTag } from './check-tag.tsx'
import { FactGrid } from './fact-grid.tsx'
import { ProblemMark } from './status-text.tsx'

const digits = (text: string) => <span className="xj-number">{text}</span>

/** 注册信息 of the review dialog (menu §2.4), the full number included: a reviewer compares it with the household book. */
export function ItemFacts({ detail }: { detail: ItemDetail }) {
  const { item, values } = detail
  const number = item.studentNumber && {
    key: 'studentNumber',
    label: '学籍号',
    value: (
      <>
        {digits(item.studentNumber)} <ProblemMark item={item} />
      </>
    ),
  }
  return (
    <div className="xj-reg-item-facts">
      <FactGrid
        label={`${codeText('REGCAT', item.category)}信息`}
        facts={[
          { key: 'name', label: '姓名', value: <strong>{item.studentName}</strong> },
          { key: 'gender', label: '性别', value: codeText('GENDER', item.gender) },
          { key: 'birth', label: '出生日期', value: digits(item.birthDate) },
          { key: 'type', label: '身份证件类型', value: codeText('IDTYPE', item.identityType) },
          { key: 'number', label: '身份证件号码', value: digits(values.identityNumber ?? '—') },
          { key: 'category', label: '注册类别', value: codeText('REGCAT', item.category) },
          { key: 'check', label: '查重认证状态', value: <CheckTag item={item} /> },
          { key: 'school', label: '学校名称', value: item.orgName },
          { key: 'grade', label: '年级名称', value: item.gradeName },
          { key: 'class', label: '班级名称', value: item.className ?? '未分班' },
          { key: 'applied', label: '录入日期', value: digits(formatInstant(item.appliedAt)) },
          { key: 'applicant', label: '录入人', value: detail.applicantName || '—' },
          ...(number ? [number] : []),
        ]}
      />
    </div>
  )
}
