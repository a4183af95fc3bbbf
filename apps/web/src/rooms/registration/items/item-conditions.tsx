import { CHECK_WORDS } from '@xueji/contracts/pipeline/item-words'
import type { ItemFilter } from '@xueji/contracts/pipeline/review.api'
import type { GradeRow } from '@xueji/contracts/platform/organization.api'
import { Form, Input, Select } from 'antd'

type Check = NonNullable<ItemFilter['check']>

/** 学生姓名 and 身份证件号, the two conditions every list begins with. */
export function StudentConditions() {
  return (
    <>
      <Form.Item name="studentName" label="学生姓名">
        <Input allowClear maxLength={50} />
      </Form.Item>
      <Form.Item name="identityNumber" label="身份证件号">
        <Input allowClear maxLength={30} placeholder="完整号码" className="xj-number" />
      </Form.Item>
    </>
  )
}

/** 年级 and 班级 of one school. */
export function ClassConditions({ grades }: { grades: readonly GradeRow[] }) {
  return (
    <>
      <Form.Item name="gradeId" label="年级">
        <Select
          allowClear
          placeholder="请选择"
          options={grades.map((grade) => ({ value: grade.id, label: grade.name }))}
        />
      </Form.Item>
      <Form.Item name="classId" label="班级">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="请选择"
          options={grades
            .filter((grade) => grade.classes.length > 0)
            .map((grade) => ({
              label: grade.name,
              title: grade.name,
              options: grade.classes.map((one) => ({ value: one.id, label: one.name })),
            }))}
        />
      </Form.Item>
    </>
  )
}

// One of them joins two others, for a command on all that nothing stands against.
const OFFERED = (Object.keys(CHECK_WORDS) as Check[]).filter((check) => check !== 'clear')

/** 查重认证状态; `only` offers those that can occur in a list. */
export function CheckCondition({ only = OFFERED }: { only?: readonly Check[] }) {
  return (
    <Form.Item name="check" label="查重认证状态">
      <Select allowClear placeholder="请选择" options={only.map((value) => ({ value, label: CHECK_WORDS[value] }))} />
    </Form.Item>
  )
}
